import type { Durable, Guardian } from '../guardian.ts';
import type { SweepResult } from '../messages.ts';
import { openHeadAnchors } from './anchor-heads.ts';
import { beginAnchors } from './begin-anchors.ts';
import { wakeLeftovers } from './wake-leftovers.ts';

/**
 * What a sweep ends with, in this order: chains that are older than the anchors are given theirs before any head of them is
 * anchored, and both before a key is woken, which believes only what has one.
 */
export const openEndOfSweep = (guardian: Guardian): ((durable: Durable) => Promise<SweepResult>) => {
  const anchorHeads = openHeadAnchors(guardian);
  return async (durable) => {
    await beginAnchors(guardian);
    await anchorHeads();
    return wakeLeftovers(guardian, durable);
  };
};
