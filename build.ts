import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { productOptions } from './bundle-options.ts';
import { buildPage, PAGE_FOLDER } from './page/build/build-page.ts';

const root = import.meta.dirname;

// Chunks are named by their content: old ones would be shipped along.
rmSync('dist', { recursive: true, force: true });

/** Builds `dist/`: what is deployed, next to host.json and package.json. No node_modules is needed at run time. */
await build({ ...productOptions, outdir: 'dist' });
await buildPage(root, path.join(root, PAGE_FOLDER));
