import { expect, it } from 'vitest';
import { expectSameStory, killWorkerAt, NO_KILL, tell } from './killing-story.ts';

/** Each activity is killed once: with an app of its own for each, this is the longest story. */
it.each([
  ['start', 'the first and every second from there', 1],
  ['effect', 'every other', 2],
] as const)(
  'tells the same whichever activity the worker is killed in, at the %s of %s',
  async (moment, _which, first) => {
    const begun = performance.now();
    const undisturbed = await tell(NO_KILL);
    let activity: number = first;
    let slowest = 0;
    let repeated = 0;
    let kills = 0;
    for (; ; activity += 2) {
      const told = await tell(killWorkerAt(moment, activity));
      if (told.workerDeaths === 0) break;
      expectSameStory(told, undisturbed);
      kills += 1;
      slowest = Math.max(slowest, told.minutes);
      if (told.writes.length > undisturbed.writes.length) repeated += 1;
    }
    const seconds = (performance.now() - begun) / 1_000;
    console.log(
      `worker killed at the ${moment} of each of ${kills} activities: healed every time, at worst ${slowest} ` +
        `virtual minutes after the loss (undisturbed ${undisturbed.minutes}); a write was sent twice in ${repeated} ` +
        `of them; ${(seconds / (kills + 2)).toFixed(1)} s a run, ${Math.round(seconds)} s in all`,
    );
    expect(activity).toBeGreaterThan(15);
  },
);
