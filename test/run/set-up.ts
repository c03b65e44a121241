import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../bundle-options.ts';
import { startAzurite } from '../../local/azurite.ts';
import { layGround } from './ground.ts';
import { atTheEnd } from './tear-down.ts';

const root = path.join(import.meta.dirname, '../..');

const bundle = async (source: string, outdir: string): Promise<void> => {
  await build({ ...bundleOptions, absWorkingDir: root, entryPoints: [source], outdir });
};

/** The app as it is deployed, apart from `dist/`: a build or a start in this clone meanwhile disturbs no test. */
const buildApp = async (folder: string): Promise<void> => {
  await mkdir(folder);
  for (const file of ['host.json', 'package.json']) await cp(path.join(root, file), path.join(folder, file));
  await bundle('functions/index.ts', path.join(folder, 'dist'));
};

/** Makes, before the first test, what all tests need and none of them changes. Two runs at once share nothing. */
export default async function setUp(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-test-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  // Every process of the run keeps there what V8 compiled: the second process of a kind starts in half the time.
  process.env['NODE_COMPILE_CACHE'] = path.join(folder, 'compiled');
  const [azurite] = await Promise.all([
    startAzurite(),
    buildApp(path.join(folder, 'app')),
    bundle('test/azure/fixtures/azure-process.ts', folder),
    mkdir(path.join(folder, 'keys')),
  ]);
  atTheEnd(azurite.close);
  layGround({ folder, storage: azurite.connectionString });
}
