import { setTimeout } from 'node:timers/promises';
import type { Booted } from '../boot.ts';
import type { Observer } from './observer.ts';
import { createProgress } from './progress.ts';
import type { Screen } from './screen.ts';
import type { Timeline } from './timeline.ts';

const LOOK_EVERY_MS = 1000;

type Told = { readonly observer: Observer; readonly timeline: Timeline; readonly screen: Screen };

/** Lets the clock follow the wall clock and prints new rows, until it is stopped. */
export const stay = async (
  { clock }: Booted,
  { observer, timeline, screen }: Told,
  stop: AbortSignal,
): Promise<void> => {
  const unfollow = clock.followWall();
  const progress = createProgress();
  while (!stop.aborted) {
    const moving = progress(clock.now(), clock.goal());
    if (moving !== undefined) screen.say(screen.paint('dim', `  ${moving}`));
    // The worker may be in a restart: the next look prints the missed rows.
    for (const row of await observer.look().catch(() => [])) timeline.tell(row);
    await setTimeout(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  unfollow();
};
