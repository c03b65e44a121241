import { expect, it } from 'vitest';
import { expectSameStory, killWorkerAt, NO_KILL, tell } from './killing-story.ts';

it.each(['start', 'effect'] as const)(
  'tells the same whichever activity the worker is killed in, at its %s',
  async (moment) => {
    const begun = performance.now();
    const undisturbed = await tell(NO_KILL);
    let activity = 1;
    let slowest = 0;
    let repeated = 0;
    for (; ; activity++) {
      const told = await tell(killWorkerAt(moment, activity));
      if (told.workerDeaths === 0) break;
      expectSameStory(told, undisturbed);
      slowest = Math.max(slowest, told.minutes);
      if (told.writes.length > undisturbed.writes.length) repeated += 1;
    }
    const seconds = (performance.now() - begun) / 1_000;
    console.log(
      `worker killed at the ${moment} of each of ${activity - 1} activities: healed every time, at worst ${slowest} ` +
        `virtual minutes after the loss (undisturbed ${undisturbed.minutes}); a write was sent twice in ${repeated} ` +
        `of them; ${(seconds / activity).toFixed(1)} s a run, ${Math.round(seconds)} s in all`,
    );
    expect(activity).toBeGreaterThan(15);
  },
);
