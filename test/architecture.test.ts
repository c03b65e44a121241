import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { bundleOptions } from '../bundle-options.ts';

const root = path.join(import.meta.dirname, '..');

/** Who may import whom, at run time (types vanish before esbuild resolves). The first matching room decides. */
const ROOMS: readonly { readonly room: RegExp; readonly may: readonly RegExp[] }[] = [
  { room: /^functions\//, may: [/^functions\//, /^src\/(app|durable|start|surface)\.ts$/] },
  { room: /^src\/app\.ts$/, may: [/^src\//] },
  { room: /^src\/start\.ts$/, may: [/^src\/config\.ts$/] },
  { room: /^src\/surface\.ts$/, may: [] },
  { room: /^src\/durable\.ts$/, may: [/^src\/remediation\//] },
  { room: /^src\/config/, may: [/^src\/config/, /^src\/(remediation|signals)\//] },
  { room: /^src\/remediation\//, may: [/^src\/remediation\//] },
  { room: /^src\/signals\//, may: [/^src\/signals\//] },
  { room: /^src\/azure\//, may: [/^src\/azure\//, /^src\/(remediation|signals)\//] },
  { room: /^src\/store\//, may: [/^src\/store\//, /^src\/remediation\//] },
  { room: /^src\/notifications\//, may: [/^src\/notifications\//, /^src\/remediation\//] },
  { room: /^src\/posture\//, may: [/^src\/posture\//, /^src\/(remediation|signals)\//] },
  { room: /^src\/loop\//, may: [/^src\/loop\//, /^src\/(posture|remediation|signals)\//] },
  { room: /^src\/web\//, may: [/^src\/web\//, /^src\/(loop|posture|remediation|signals)\//] },
  { room: /^local\/clock\//, may: [/^local\/clock\//] },
  { room: /^local\/host\//, may: [/^local\/host\//] },
  { room: /^local\/cloud\//, may: [/^local\/(cloud|clock)\//] },
  { room: /^local\//, may: [/^local\//] },
  { room: /^bench\//, may: [/^(bench|local)\//, /^src\//, /^bundle-options\.ts$/] },
];

const importsOf = async (patterns: readonly string[]): Promise<{ from: string; to: string }[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: patterns.flatMap((pattern) => globSync(pattern, { cwd: root })),
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).flatMap(([from, input]) =>
    input.imports.filter((one) => !one.external).map((one) => ({ from, to: one.path })),
  );
};

describe('the house', () => {
  it('lets every room import only what it may', async () => {
    const imports = await importsOf(['functions/**/*.ts', 'src/**/*.ts', 'local/**/*.ts', 'bench/**/*.ts']);
    const trespasses = imports.filter(({ from, to }) => {
      const room = ROOMS.find((one) => one.room.test(from));
      return !room?.may.some((allowed) => allowed.test(to));
    });
    expect(imports.length).toBeGreaterThan(100);
    expect(trespasses).toEqual([]);
  });

  it('bundles nothing of local, test or bench into the product', async () => {
    const imports = await importsOf(['functions/index.ts']);
    expect(imports.filter(({ to }) => /^(local|test|bench)\//.test(to))).toEqual([]);
  });

  it('loads at the start only what names and checks: the rest waits for the first invocation', async () => {
    const { outputs } = await build({
      ...bundleOptions,
      absWorkingDir: root,
      entryPoints: ['functions/index.ts'],
      outdir: 'dist',
      write: false,
      metafile: true,
    }).then(({ metafile }) => metafile);
    const loadedWith = (file: string): readonly string[] => {
      const { inputs = {}, imports = [] } = outputs[file] ?? {};
      const more = imports.filter(({ kind }) => kind === 'import-statement');
      return [...Object.keys(inputs), ...more.flatMap((one) => loadedWith(one.path))];
    };
    const loaded = loadedWith('dist/index.js');
    expect(loaded).toContain('src/start.ts');
    expect(loaded.filter((file) => /^src\/(app\.ts|azure|store|web|notifications)/.test(file))).toEqual([]);
    expect(loaded.filter((file) => /^node_modules\/(@azure\/(?!functions)|jose|zod)/.test(file))).toEqual([]);
  });

  const sources = (pattern: string) =>
    globSync(pattern, { cwd: root }).map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

  it('reads the environment in one file only', () => {
    const readers = sources('{functions,src}/**/*.ts').filter(({ text }) => /process\.env/.test(text));
    expect(readers.map(({ file }) => file)).toEqual(['src/config.ts']);
  });

  it('imports durable-functions only where it is at home', () => {
    const users = sources('src/**/*.ts').filter(({ text }) => /from 'durable-functions'/.test(text));
    expect(users.map(({ file }) => file)).toEqual(['src/durable.ts']);
  });

  it('keeps the clock, configuration and decisions out of replayed code', () => {
    const replayed = sources('functions/{reconcile-key,run-steps,steps,sweep,probe}.ts');
    const impure = replayed.filter(({ text }) => /Date\.now|new Date\(\)|Math\.random|settings/.test(text));
    expect(replayed.length).toBeGreaterThanOrEqual(2);
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
