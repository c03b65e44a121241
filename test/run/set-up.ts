import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../bundle-options.ts';
import { startAzurite } from '../../local/azurite.ts';
import { unzip, zip } from '../../release/archive.ts';
import { buildFiles, unpack } from '../../release/make-package.ts';
import { layGround, PACKAGE_FILE } from './ground.ts';
import tearDown, { atTheEnd } from './tear-down.ts';

const root = path.join(import.meta.dirname, '../..');

const bundle = async (entryPoints: string[], outdir: string): Promise<void> => {
  await build({ ...bundleOptions, absWorkingDir: root, entryPoints, outdir });
};

/** A built app: its manifests beside what is bundled of its source. */
const buildApp = async (from: string, sources: string, folder: string): Promise<void> => {
  await mkdir(folder);
  for (const file of ['host.json', 'package.json']) await cp(path.join(root, from, file), path.join(folder, file));
  const entryPoints = globSync(sources, { cwd: path.join(root, from) }).map((file) => path.join(root, from, file));
  await bundle(entryPoints, path.join(folder, 'dist'));
};

/** As it is deployed, out of its zip, which is kept beside it, and apart from `dist/`: a build or a start in this clone meanwhile disturbs no test. */
const unpackPackage = async (folder: string): Promise<void> => {
  const { files } = await buildFiles(root);
  const archive = zip(files);
  await writeFile(path.join(folder, '..', PACKAGE_FILE), archive);
  await unpack(unzip(archive), folder);
};

/** Makes, before the first test, what all tests need and none of them changes. Two runs at once share nothing. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-test-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  // Every process of the run keeps there what V8 compiled: the second process of a kind starts in half the time.
  process.env['NODE_COMPILE_CACHE'] = path.join(folder, 'compiled');
  const [azurite] = await Promise.all([
    startAzurite(),
    unpackPackage(path.join(folder, 'app')),
    buildApp('test/local/host/sample-app', '{index,functions/*}.ts', path.join(folder, 'sample-app')),
    bundle(['test/azure/fixtures/azure-process.ts'], folder),
    mkdir(path.join(folder, 'keys')),
  ]);
  atTheEnd(azurite.close);
  layGround({ folder, storage: azurite.connectionString });
  return tearDown;
}
