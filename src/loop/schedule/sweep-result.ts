import type { SweepResult } from '../messages.ts';

/** So many of the instances that were woken are named. The result of an activity has a limit, and is history: strangers must not fill it. */
const NAMED = 20;

export const sweepResult = (observed: number, woken: readonly string[]): SweepResult => ({
  observed,
  woken: woken.slice(0, NAMED),
  ...(woken.length > NAMED && { more: woken.length - NAMED }),
});
