import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

const HOUR_MS = 3_600_000;

/** A head that its own chain, or an anchor, contradicts gets none: it would vouch for what somebody has changed. */
const anchorHead = async ({ store }: Pick<Guardian, 'store'>, chain: string): Promise<void> => {
  const believed = await store.ledger.believe(chain);
  if (believed.kind === 'whole' && believed.head.seq > 0)
    await store.anchors.add(chain, [{ ...believed.head, kind: 'head' }]);
};

/**
 * Once an hour gives their anchors to the heads of chains that grow: those of open incidents, and the product's own. What a
 * decision may rest on has its anchor already, and so has the end of an incident; what else was entered is cut off unseen for
 * an hour at most. Three calls for each.
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
