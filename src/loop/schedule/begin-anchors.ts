import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

const AT_ONCE = 16;

/** One that is broken already is left as it is: from now on it counts for nothing, and the next look at its key says why. */
const anchorWhole = async ({ store }: Pick<Guardian, 'store'>, chain: string): Promise<void> => {
  const believed = await store.ledger.believe(chain);
  if (believed.kind === 'whole' && believed.head.seq > 0)
    await store.anchors.add(chain, [{ ...believed.head, kind: 'begin' }]);
};

/**
 * Gives anchors to all that was kept before the product knew of them, as it is found; once for ever. From then on only what
 * has an anchor counts, so that whoever writes a chain for a key that has none gains nothing.
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
