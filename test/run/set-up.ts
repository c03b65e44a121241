import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { layGround, PACKAGE_FILE } from './ground.ts';
import { PARTS, type Part, partsNeeded } from './needs.ts';
import tearDown, { atTheEnd } from './tear-down.ts';

const root = path.join(import.meta.dirname, '../..');

const bundle = async (entryPoints: string[], outdir: string): Promise<void> => {
  const [{ build }, { bundleOptions }] = await Promise.all([import('esbuild'), import('../../bundle-options.ts')]);
  await build({ ...bundleOptions, absWorkingDir: root, entryPoints, outdir });
};

/** A built app: its manifests beside what is bundled of its source. */
const buildApp = async (from: string, sources: string, folder: string): Promise<void> => {
  await mkdir(folder);
  for (const file of ['host.json', 'package.json']) await cp(path.join(root, from, file), path.join(folder, file));
  const entryPoints = globSync(sources, { cwd: path.join(root, from) }).map((file) => path.join(root, from, file));
  await bundle(entryPoints, path.join(folder, 'dist'));
};

/**
 * The package as it is deployed, unpacked from its zip, which stays beside it, and separate from `dist/`: a build or a start in
 * this clone at the same time disturbs no test.
 */
const unpackPackage = async (folder: string): Promise<void> => {
  const [{ unzip, zip }, { buildFiles, unpack }] = await Promise.all([
    import('../../release/archive.ts'),
    import('../../release/make-package.ts'),
  ]);
  const { files } = await buildFiles(root);
  const archive = zip(files);
  await writeFile(path.join(folder, '..', PACKAGE_FILE), archive);
  await unpack(unzip(archive), folder);
};

const startStorage = async (): Promise<string> => {
  const { startAzurite } = await import('../../local/azurite.ts');
  const azurite = await startAzurite();
  atTheEnd(azurite.close);
  return azurite.connectionString;
};

/** How each part is built in the folder of the run. */
const BUILD: Readonly<Record<Exclude<Part, 'storage'>, (folder: string) => Promise<void>>> = {
  app: (folder) => unpackPackage(path.join(folder, 'app')),
  sampleApp: (folder) =>
    buildApp('test/local/host/sample-app', '{index,functions/*}.ts', path.join(folder, 'sample-app')),
  programs: (folder) => bundle(['test/azure/fixtures/azure-process.ts'], folder),
};

/** In watch mode any suite may run later, and Vitest calls this set-up once. */
const partsOf = ({ vitest }: TestProject): ReadonlySet<Part> =>
  vitest.config.watch ? new Set(PARTS) : partsNeeded(vitest.state.getPaths());

/**
 * Makes, before the first test, the shared resources of the suites of this run, which no suite changes: a run of one pure suite
 * builds nothing. Two runs at once share nothing.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-test-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  // Every process of the run keeps there what V8 compiled: the second process of a kind starts in half the time.
  process.env['NODE_COMPILE_CACHE'] = path.join(folder, 'compiled');
  await mkdir(path.join(folder, 'keys'));
  const needed = partsOf(project);
  const [storage] = await Promise.all([
    needed.has('storage') ? startStorage() : undefined,
    ...Object.entries(BUILD).map(([part, build]) => (needed.has(part as Part) ? build(folder) : undefined)),
  ]);
  layGround({ folder, ...(storage !== undefined && { storage }) });
  return tearDown;
}
