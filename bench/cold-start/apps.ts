import path from 'node:path';
import { build } from 'esbuild';
import { buildEmptyApp } from '../empty-app.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** The empty app has one orchestration that does nothing: the host does not start an app without functions. */
const EMPTY_APP = `
import '@azure/functions';
import * as df from 'durable-functions';
df.app.orchestration('nothing', function* () {});
`;

/** The folders of the two apps that are compared, and the program that loads one of them. */
export type Apps = { readonly product: string; readonly empty: string; readonly loader: string };

/** Bundles the empty app and the loader into `folder`; the product is `BUILT_APP` of the environment: the unpacked package. */
export const buildApps = async (folder: string): Promise<Apps> => {
  const empty = await buildEmptyApp(folder, EMPTY_APP);
  const loader = path.join(folder, 'load.mjs');
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    entryPoints: [path.join(import.meta.dirname, 'load.ts')],
    outfile: loader,
    logLevel: 'warning',
  });
  return { product: process.env['BUILT_APP'] ?? root, empty, loader };
};
