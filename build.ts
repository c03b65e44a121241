import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { productOptions } from './bundle-options.ts';
import { buildPage, PAGE_FOLDER } from './page/build/build-page.ts';
import { swapIn } from './swap-in.ts';

const root = import.meta.dirname;
mkdirSync('.local', { recursive: true });
const made = mkdtempSync(path.join(root, '.local/build-'));

/** Builds `dist/`: what is deployed, next to host.json and package.json. No node_modules is needed at run time. */
try {
  await build({ ...productOptions, outdir: path.join(made, 'dist') });
  await buildPage(root, path.join(made, PAGE_FOLDER));
  // Chunks are named by their content: old ones would be shipped along.
  swapIn(path.join(made, 'dist'), 'dist');
} finally {
  rmSync(made, { recursive: true, force: true });
}
