import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../bundle-options.ts';

const root = path.join(import.meta.dirname, '..');

/** Bundles an app of this one file, as the product is bundled, into `folder/empty`. Returns the folder of the app. */
export const buildEmptyApp = async (folder: string, contents: string): Promise<string> => {
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  await writeFile(path.join(empty, 'host.json'), JSON.stringify({ version: '2.0' }));
  await writeFile(path.join(empty, 'package.json'), JSON.stringify({ type: 'module', main: 'dist/index.js' }));
  const stdin = { contents, resolveDir: root, sourcefile: 'index.ts' };
  await build({ ...bundleOptions, stdin, entryNames: 'index', outdir: path.join(empty, 'dist') });
  return empty;
};
