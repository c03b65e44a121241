import { getLedger, listIncidents, listReconciliations } from '../../client/api.ts';
import { Refused } from '../../client/refused.ts';
import type { Context } from '../context.ts';
import { inTurns } from '../in-turns.ts';
import { allPages } from '../pages.ts';
import { withProgress } from '../progress.ts';
import type { Chain } from './chain.ts';

/** The chain of acts that concern no key: overrides, moves, settings. */
const PRODUCT = 'product';

/** The names of all chains: of each key that is or was in use, and of the product itself. */
const chainsOf = async ({ sending }: Context): Promise<readonly string[]> => {
  const [lines, incidents] = await Promise.all([
    listReconciliations({ verdict: 'all' }, sending).then((first) => allPages(first, sending)),
    listIncidents({}, sending).then((first) => allPages(first, sending)),
  ]);
  const keys = [...lines.value.map(({ key }) => key), ...incidents.value.map(({ keyId }) => keyId)];
  return [PRODUCT, ...new Set(keys)].toSorted();
};

/** A key that was never observed has no chain yet. */
const chainOf = async ({ sending }: Context, key: string): Promise<readonly Chain[]> => {
  try {
    return [await getLedger({ key }, sending)];
  } catch (error) {
    if (error instanceof Refused && error.problem?.error.code === 'UnknownKey') return [];
    throw error;
  }
};

/** All chains with all of their rows. */
export const readChains = async (context: Context): Promise<readonly Chain[]> => {
  const names = await chainsOf(context);
  return withProgress(context.surroundings, { what: 'Reading chains', total: names.length }, async (advance) =>
    (await inTurns(names, (name) => chainOf(context, name), advance)).flat(),
  );
};
