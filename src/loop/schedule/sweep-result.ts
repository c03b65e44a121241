import type { SweepResult } from '../messages.ts';

/**
 * The most woken instances that the result names. The result of an activity has a size limit and becomes history:
 * strangers must not fill it.
 */
const NAMED = 20;

export const sweepResult = (observed: number, woken: readonly string[]): SweepResult => ({
  observed,
  woken: woken.slice(0, NAMED),
  ...(woken.length > NAMED && { more: woken.length - NAMED }),
});
