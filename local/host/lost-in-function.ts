import type { DurableFunctions } from './durable/invoke-durable.ts';
import type { Mishaps } from './mishaps.ts';
import { WorkerLost } from './worker/worker-errors.ts';

/**
 * The functions of a worker. Where a mishap says so, the worker is lost during an activity or during the turn of an
 * orchestration.
 */
export const losableIn = (functions: DurableFunctions, mishaps: Mishaps, lose: () => void): DurableFunctions => ({
  ...functions,
  invoke: async (trigger, name, data, metadata) => {
    const strikes = (at: 'start' | 'end'): boolean => mishaps.losesWorker(name, at);
    if (strikes('start')) lose();
    const result = await functions.invoke(trigger, name, data, metadata);
    if (!strikes('end')) return result;
    lose();
    throw new WorkerLost(`what ${name} has answered is lost with its worker`);
  },
});
