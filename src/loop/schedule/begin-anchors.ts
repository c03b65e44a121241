import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

const AT_ONCE = 16;

/**
 * A chain that is broken already stays as it is: from now on it counts for nothing, and the next look at its key says
 * why.
 */
const anchorWhole = async ({ store }: Pick<Guardian, 'store'>, chain: string): Promise<void> => {
  const believed = await store.ledger.believe(chain);
  if (believed.kind === 'whole' && believed.head.seq > 0)
    await store.anchors.add(chain, [{ ...believed.head, kind: 'begin' }]);
};

/**
 * Adds anchors for all chains from before the product had anchors, as they are found; once for ever. From then on only
 * entries with an anchor count, so a forged chain for a key without a chain gains nothing.
 */
export const beginAnchors = async (guardian: Pick<Guardian, 'store' | 'log'>): Promise<void> => {
  const { store } = guardian;
  if (await store.anchors.isBegun()) return;
  const begin = async (states: readonly KeyState[]): Promise<void> => {
    await Promise.all(states.map(({ keyId }) => anchorWhole(guardian, keyId)));
    for (const state of states) await store.records.attestAll(state);
  };
  let waiting: KeyState[] = [];
  let count = 0;
  for await (const state of store.keyRows.list()) {
    waiting.push(state);
    count += 1;
    if (waiting.length < AT_ONCE) continue;
    await begin(waiting);
    waiting = [];
  }
  await begin(waiting);
  await anchorWhole(guardian, PRODUCT_CHAIN);
  await store.vaultRecoveries.attestAll();
  await store.anchors.begin();
  guardian.log(`The ledgers of ${count} keys have their anchors now: from here on only what has one counts.`);
};
