import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { productOptions } from './bundle-options.ts';

// Chunks are named by their content: old ones would be shipped along.
rmSync('dist', { recursive: true, force: true });

/** Builds `dist/`: what is deployed, next to host.json and package.json. No node_modules is needed at run time. */
await build({ ...productOptions, outdir: 'dist' });
