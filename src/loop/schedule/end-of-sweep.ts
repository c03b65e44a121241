import type { Durable, Guardian } from '../guardian.ts';
import type { SweepResult } from '../messages.ts';
import { openHeadAnchors } from './anchor-heads.ts';
import { beginAnchors } from './begin-anchors.ts';
import { wakeLeftovers } from './wake-leftovers.ts';

/**
 * The last work of a sweep, in this order: chains that are older than the anchors get their anchors before any head of
 * them is anchored, and both come before a key is woken, because that key believes only entries with an anchor.
 */
export const openEndOfSweep = (guardian: Guardian): ((durable: Durable) => Promise<SweepResult>) => {
  const anchorHeads = openHeadAnchors(guardian);
  return async (durable) => {
    await beginAnchors(guardian);
    await anchorHeads();
    return wakeLeftovers(guardian, durable);
  };
};
