import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

const HOUR_MS = 3_600_000;

/**
 * A head that contradicts its own chain or an anchor gets no anchor: the anchor would vouch for a change that somebody
 * made.
 */
const anchorHead = async ({ store }: Pick<Guardian, 'store'>, chain: string): Promise<void> => {
  const believed = await store.ledger.believe(chain);
  if (believed.kind === 'whole' && believed.head.seq > 0)
    await store.anchors.add(chain, [{ ...believed.head, kind: 'head' }]);
};

/**
 * Once an hour adds anchors for the heads of chains that grow: the chains of open incidents, and the product's own.
 * Entries that a decision may use have their anchor already, and so has the end of an incident. Other entries can be
 * cut off without a trace for an hour at most. Three calls for each.
 */
export const openHeadAnchors = (guardian: Pick<Guardian, 'store'>): (() => Promise<void>) => {
  let last = 0;
  return async () => {
    const now = Date.now();
    if (now - last < HOUR_MS) return;
    for await (const { keyId } of guardian.store.keyRows.listUnsettled()) await anchorHead(guardian, keyId);
    await anchorHead(guardian, PRODUCT_CHAIN);
    await guardian.store.beats.beat('anchors', new Date().toISOString());
    last = now;
  };
};
