import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../bundle-options.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** With one orchestration that does nothing: an app without functions does not start. */
const EMPTY_APP = `
import '@azure/functions';
import * as df from 'durable-functions';
df.app.orchestration('nothing', function* () {});
`;

/** The folders of the two apps that are compared, and the program that loads one of them. */
export type Apps = { readonly product: string; readonly empty: string; readonly loader: string };

/** Bundles the empty app and the loader into `folder`; the product is `dist/`, as it is deployed. */
export const buildApps = async (folder: string): Promise<Apps> => {
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  await writeFile(path.join(empty, 'package.json'), JSON.stringify({ type: 'module', main: 'dist/index.js' }));
  const stdin = { contents: EMPTY_APP, resolveDir: root, sourcefile: 'index.ts' };
  await build({ ...bundleOptions, stdin, entryNames: 'index', outdir: path.join(empty, 'dist') });
  const loader = path.join(folder, 'load.mjs');
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    entryPoints: [path.join(import.meta.dirname, 'load.ts')],
    outfile: loader,
    logLevel: 'warning',
  });
  return { product: root, empty, loader };
};
