import { setTimeout } from 'node:timers/promises';
import type { Booted } from '../boot.ts';
import type { Observer } from './observer.ts';
import type { Timeline } from './timeline.ts';

const LOOK_EVERY_MS = 1000;

/** Lets the clock follow the wall and tells what happens, until it is stopped. */
export const stay = async (
  { clock }: Booted,
  observer: Observer,
  timeline: Timeline,
  stop: AbortSignal,
): Promise<void> => {
  const unfollow = clock.followWall();
  while (!stop.aborted) {
    // The worker may just be replaced: what was missed is told at the next look.
    for (const row of await observer.look().catch(() => [])) timeline.tell(row);
    await setTimeout(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  unfollow();
};
