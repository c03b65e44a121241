import type { Guardian } from '../loop/guardian.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, notWoken, refusal } from './door.ts';

const inUse = async ({ keyRows }: Guardian['store']): Promise<number> => {
  let keys = 0;
  for await (const _one of keyRows.listUsed()) keys += 1;
  return keys;
};

const lastSweep = async ({ beats }: Guardian['store']): Promise<string | undefined> =>
  (await beats.read())['sweep']?.at;

/**
 * POST: begins a sweep now, without waiting for the timers. `?dryRun=true` says how many keys in use it would look at, at least.
 */
export const startSweep: Door<QueryOf<'start-sweep'>> = async ({ query }, { store }, durable) => {
  if (query.dryRun) {
    const sweptAt = await lastSweep(store);
    return { status: 200, body: { dryRun: true, keys: await inUse(store), ...(sweptAt !== undefined && { sweptAt }) } };
  }
  try {
    if ((await durable.start('sweep')) === 'started') return { status: 202, body: { sweep: 'started' } };
    const began = (await lastSweep(store)) ?? 'a moment ago';
    return refusal(409, 'AtWork', `A sweep is at work already: it began ${began}. Nothing has to be started.`);
  } catch (error) {
    return notWoken(error);
  }
};
