import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = path.join(import.meta.dirname, '..');

const PROGRAM = 'local/host/worker/main.ts';
const PRELOAD = 'local/clock/preload.ts';

/**
 * Lets the local hosts that start from now on run their workers as JavaScript, as Azure's own worker is. Node would strip the types
 * of a TypeScript worker by a program of its own, which takes 18 MiB of that process: they would be counted as the product's.
 */
export const runWorkersInJavaScript = (): void => {
  const outdir = path.join(root, '.package', 'worker');
  buildSync({
    absWorkingDir: root,
    entryPoints: { program: PROGRAM, preload: PRELOAD },
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  process.env['WORKER_PROGRAM'] = path.join(outdir, 'program.mjs');
  process.env['CLOCK_PRELOAD'] = pathToFileURL(path.join(outdir, 'preload.mjs')).href;
};
