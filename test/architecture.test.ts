import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { productOptions } from '../bundle-options.ts';

const root = path.join(import.meta.dirname, '..');

/** The allowed imports of each folder, at run time (types vanish before esbuild resolves). The first match decides. */
const ROOMS: readonly { readonly room: RegExp; readonly may: readonly RegExp[] }[] = [
  { room: /^functions\//, may: [/^functions\//, /^src\/(app|durable|invocation|start|surface)\.ts$/] },
  { room: /^src\/app\.ts$/, may: [/^src\//] },
  { room: /^src\/start\.ts$/, may: [/^src\/config\.ts$/] },
  { room: /^src\/surface\.ts$/, may: [] },
  { room: /^src\/invocation\.ts$/, may: [] },
  { room: /^src\/telemetry\//, may: [/^src\/telemetry\//] },
  { room: /^src\/durable\.ts$/, may: [/^src\/remediation\//] },
  { room: /^src\/config/, may: [/^src\/config/, /^src\/(remediation|signals)\//] },
  { room: /^src\/remediation\//, may: [/^src\/remediation\//] },
  { room: /^src\/signals\//, may: [/^src\/signals\//, /^src\/remediation\/model\//] },
  { room: /^src\/azure\//, may: [/^src\/azure\//, /^src\/(remediation|signals|telemetry)\//] },
  { room: /^src\/store\//, may: [/^src\/store\//, /^src\/remediation\//] },
  { room: /^src\/notifications\//, may: [/^src\/notifications\//, /^src\/remediation\//] },
  { room: /^src\/posture\//, may: [/^src\/posture\//, /^src\/(remediation|signals)\//] },
  { room: /^src\/loop\//, may: [/^src\/loop\//, /^src\/(posture|remediation|signals|telemetry)\//] },
  { room: /^src\/web\//, may: [/^src\/web\//, /^src\/surface\.ts$/, /^src\/(loop|posture|remediation|signals)\//] },
  { room: /^page\/build\//, may: [/^page\/build\//] },
  { room: /^page\//, may: [/^(page|client)\//] },
  { room: /^local\/clock\//, may: [/^local\/clock\//] },
  { room: /^local\/host\//, may: [/^local\/host\//] },
  { room: /^local\/cloud\//, may: [/^local\/(cloud|clock)\//] },
  { room: /^local\//, may: [/^local\//] },
  { room: /^report\//, may: [/^report\//, /^client\/api\.ts$/, /^page\/words\/(say|table|word)\.ts$/] },
  {
    room: /^cli\//,
    may: [
      /^(cli|client|report)\//,
      /^src\/(remediation|posture)\//,
      /^src\/(surface|web\/version|web\/standing\/columns)\.ts$/,
      /^page\/words\/(names|say|table|word)\.ts$/,
      /^infra\/(doctor|sign-in)\//,
    ],
  },
  // The command line imports infra/; infra/ reads the facts of the product about Azure and about itself.
  { room: /^infra\//, may: [/^infra\//, /^src\/(config|posture|remediation|signals|store)/] },
  { room: /^client\/(generate|without-twins)\.ts$/, may: [/^client\//, /^src\/web\/contract\//] },
  { room: /^client\//, may: [/^client\//] },
  { room: /^bundle-options\.ts$/, may: [/^axios-on-first-use\.ts$/] },
  { room: /^bench\//, may: [/^(bench|local)\//, /^src\//, /^bundle-options\.ts$/] },
];

/** Folders in order: each may import the folders before it, types included. `.` is the folder itself. */
const STAIRS: Readonly<Record<string, readonly string[]>> = {
  'src/remediation': ['model', 'observation', 'steps', 'trust', 'diagnosis', 'plan', 'policy', 'protocol', 'assess.ts'],
  'src/loop': [
    ...['messages.ts', 'guardian.ts', 'event-of.ts', 'out-of-reach.ts', 'record.ts'],
    ...['step', 'memory', 'wake', 'reconcile', 'schedule', 'posture'],
  ],
  'src/azure': [
    ...['http', 'failure', 'connection', 'access', 'consumers', 'key-vault'],
    ...['posture', 'observe', 'apply', 'azure.ts'],
  ],
};

type Import = { readonly from: string; readonly to: string };

/** Every import as it is written, of types too, which vanish before a bundler resolves them. */
const writtenImports = (patterns: readonly string[]): readonly Import[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .flatMap((from) => {
      const text = readFileSync(path.join(root, from), 'utf8');
      const names = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(([, name = '']) => name);
      return names.map((name) => ({ from, to: path.join(path.dirname(from), name) }));
    });

const roomIn = (folder: string, file: string): string | undefined =>
  file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split('/')[0] : undefined;

/** Imports inside a folder that lead to a later folder of its order, or to one that the order does not name. */
const upwards = (folder: string, stair: readonly string[], imports: readonly Import[]): readonly Import[] =>
  imports.filter(({ from, to }) => {
    const [here, there] = [roomIn(folder, from), roomIn(folder, to)];
    if (here === undefined || there === undefined || here === there) return false;
    return !stair.includes(here) || !stair.slice(0, stair.indexOf(here)).includes(there);
  });

/** Files that import themselves through other files, however many. */
const circles = (imports: readonly Import[]): readonly string[] => {
  const next = Map.groupBy(imports, ({ from }) => from);
  const reach = (file: string, seen: Set<string>): Set<string> => {
    for (const { to } of next.get(file) ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        reach(to, seen);
      }
    return seen;
  };
  return [...next.keys()].filter((file) => reach(file, new Set()).has(file)).toSorted();
};

/** A virtual file, which imports all files under test. */
const ALL_OF_THEM = 'all-of-them.ts';

/** All files are bundled by one file that imports them: a bundle for each of a thousand files takes ten seconds. */
const importsOf = async (patterns: readonly string[]): Promise<{ from: string; to: string }[]> => {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: {
      contents: files.map((file) => `import './${file}';`).join('\n'),
      resolveDir: root,
      sourcefile: ALL_OF_THEM,
    },
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs)
    .filter(([from]) => from !== ALL_OF_THEM)
    .flatMap(([from, input]) => input.imports.filter((one) => !one.external).map((one) => ({ from, to: one.path })));
};

describe('the house', () => {
  it('lets every room import only what it may', async () => {
    const imports = await importsOf([
      'functions/**/*.ts',
      'src/**/*.ts',
      'local/**/*.ts',
      'bench/**/*.ts',
      'client/**/*.ts',
      'page/**/*.{ts,tsx}',
      'cli/**/*.ts',
    ]);
    const trespasses = imports.filter(({ from, to }) => {
      const room = ROOMS.find((one) => one.room.test(from));
      return !room?.may.some((allowed) => allowed.test(to));
    });
    expect(imports.length).toBeGreaterThan(100);
    expect(trespasses).toEqual([]);
  });

  const written = writtenImports(['functions/**/*.ts', 'src/**/*.ts', 'local/**/*.ts']);

  it.each(Object.entries(STAIRS))('lets every room of %s import only those below it', (folder, stair) => {
    expect(written.filter(({ from }) => roomIn(folder, from) !== undefined).length).toBeGreaterThan(100);
    expect(upwards(folder, stair, written)).toEqual([]);
  });

  it('sees an import that leads up the stair', () => {
    const up: Import = { from: 'src/remediation/model/a.ts', to: 'src/remediation/plan/b.ts' };
    const down: Import = { from: up.to, to: up.from };
    const unnamed: Import = { from: 'src/remediation/cellar/c.ts', to: up.from };
    expect(upwards('src/remediation', STAIRS['src/remediation'] ?? [], [up, down, unnamed])).toEqual([up, unnamed]);
  });

  it('has no two files that import each other, directly or by way of others', () => {
    expect(circles(written)).toEqual([]);
    const ring = ['a', 'b', 'c'].map((from, at, all) => ({ from, to: all[(at + 1) % 3] ?? '' }));
    expect(circles([...ring, { from: 'd', to: 'a' }])).toEqual(['a', 'b', 'c']);
  });

  it('bundles nothing of local, test, bench, command line or page into the product', async () => {
    const imports = await importsOf(['functions/index.ts']);
    expect(imports.filter(({ to }) => /^(local|test|bench|cli|client|page)\//.test(to))).toEqual([]);
  });

  it('loads at the start only what names and checks: the rest waits for the first invocation', async () => {
    const { outputs } = await build({
      ...productOptions,
      absWorkingDir: root,
      entryPoints: ['functions/index.ts'],
      outdir: 'dist',
      write: false,
      metafile: true,
    }).then(({ metafile }) => metafile);
    const appIn = Object.keys(outputs).find((file) => outputs[file]?.inputs['src/app.ts']) ?? '';
    const loadedWith = (file: string): readonly string[] => {
      const { inputs = {}, imports = [] } = outputs[file] ?? {};
      const more = imports.filter(({ kind }) => kind === 'import-statement');
      return [...Object.keys(inputs), ...more.flatMap((one) => loadedWith(one.path))];
    };
    const loaded = loadedWith('dist/index.js');
    expect(loaded).toContain('src/start.ts');
    expect(loaded.filter((file) => /^src\/(app\.ts|azure|store|web|notifications)/.test(file))).toEqual([]);
    expect(loaded.filter((file) => /^node_modules\/(@azure\/(?!functions)|jose|zod)/.test(file))).toEqual([]);
    // The first invocation also does not load the code that exports telemetry, since few installations use it, nor the code that
    // describes the API.
    const withApp = loadedWith(appIn);
    const seldom =
      /^(src\/telemetry\/export\.ts|node_modules\/@opentelemetry\/(?!api\/)|src\/web\/page\/|src\/web\/contract\/(answers|openapi)\/)/;
    for (const file of ['src/telemetry/trace.ts', 'src/web/contract/contract.ts']) expect(withApp).toContain(file);
    expect(withApp.filter((file) => seldom.test(file))).toEqual([]);
    expect(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs))).toContain('src/telemetry/export.ts');
  });

  const sources = (pattern: string) =>
    globSync(pattern, { cwd: root }).map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

  it('reads the environment in one file only', () => {
    const readers = sources('{functions,src}/**/*.ts').filter(({ text }) => /process\.env/.test(text));
    expect(readers.map(({ file }) => file)).toEqual(['src/config.ts']);
  });

  it('says everything in the log of the invocation, and only what belongs to none on stderr', () => {
    const speakers = sources('{functions,src}/**/*.ts').filter(({ text }) => /\bconsole\b|process\.std/.test(text));
    expect(speakers.map(({ file }) => file)).toEqual(['src/invocation.ts']);
    expect(speakers.filter(({ text }) => /\bconsole\b/.test(text))).toEqual([]);
  });

  it('imports durable-functions only where it is at home', () => {
    const users = sources('src/**/*.ts').filter(({ text }) => /from 'durable-functions'/.test(text));
    expect(users.map(({ file }) => file)).toEqual(['src/durable.ts']);
  });

  it('keeps the clock, configuration and decisions out of replayed code', () => {
    // Durable Functions replays generators that are not async: a file that holds one is replayed code.
    const replayed = sources('{functions,src}/**/*.ts').filter(({ text }) => /(?<!async )function\*/.test(text));
    const impure = replayed.filter(({ text }) => /Date\.now|new Date\(\)|Math\.random|settings/.test(text));
    const all = ['follow-alert', 'posture', 'probe', 'reconcile-key', 'run-steps', 'steps', 'sweep', 'turns'];
    expect(replayed.map(({ file }) => file)).toEqual(expect.arrayContaining(all.map((name) => `functions/${name}.ts`)));
    expect(impure.map(({ file }) => file)).toEqual([]);
  });

  it('loads Azure clients, jose and storage only on first use', () => {
    const heavy = /^import (?!type)[^;]*from '(@azure\/(?!functions)[^']*|jose|zod)'/m;
    expect(
      sources('src/**/*.ts')
        .filter(({ text }) => heavy.test(text))
        .map(({ file }) => file),
    ).toEqual([]);
  });
});
