/**
 * `node load.js <app folder>`: loads an app as the Functions worker does, in a fresh process, and prints what it cost. It
 * is itself bundled before it runs, so that Node's type stripping is in neither the time nor the memory.
 */
import { createFunctionsCore, createRegistry } from '../../local/host/worker/functions-core.ts';
import { loadApp } from '../../local/host/worker/load-app.ts';
import { supplyFunctionsCore } from '../../local/host/worker/supply-functions-core.ts';

/** Real milliseconds from the first import until the functions are registered, and the process's memory then. */
export type Load = { readonly ms: number; readonly rssBytes: number; readonly functions: number };

const appFolder = process.argv[2];
if (!appFolder) throw new Error('give the folder of the app');

const registry = createRegistry();
supplyFunctionsCore(createFunctionsCore(registry, () => {}));
const began = performance.now();
await loadApp(appFolder, registry);
const load: Load = {
  ms: performance.now() - began,
  rssBytes: process.memoryUsage.rss(),
  functions: registry.functions.size,
};
process.stdout.write(JSON.stringify(load), () => process.exit());
