/**
 * `node load.js <app folder>`: loads an app as the Functions worker does, in a fresh process, and prints the cost. The program is
 * bundled before it runs, so that Node's type stripping is in neither the time nor the memory.
 */
import { createFunctionsCore, createRegistry } from '../../local/host/worker/functions-core.ts';
import { loadApp } from '../../local/host/worker/load-app.ts';
import { supplyFunctionsCore } from '../../local/host/worker/supply-functions-core.ts';

/** Milliseconds from the first import until the functions are registered, and the process's memory then. */
export type Load = {
  readonly ms: number;
  /** Processor time of all threads of this process: other processes hardly change it. */
  readonly processorMs: number;
  readonly rssBytes: number;
};

const appFolder = process.argv[2];
if (!appFolder) throw new Error('give the folder of the app');

const registry = createRegistry();
supplyFunctionsCore(createFunctionsCore(registry, () => {}));
const usedBefore = process.cpuUsage();
const began = performance.now();
await loadApp(appFolder, registry);
const ms = performance.now() - began;
if (registry.startFailure !== undefined) throw new Error(registry.startFailure);
const { user, system } = process.cpuUsage(usedBefore);
const load: Load = { ms, processorMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() };
process.stdout.write(JSON.stringify(load), () => process.exit());
