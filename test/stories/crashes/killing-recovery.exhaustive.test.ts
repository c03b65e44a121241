import { expect, it } from 'vitest';
import { deleteKey, RECOVERY } from '../../builders/key-loss.ts';
import { killWorkerAt, NO_KILL, tell } from './killing-story.ts';

/** Each activity is killed once, as in killing-worker.exhaustive.test.ts, at the other moment. */
it.each([
  ['effect', 'the first and every second from there', 1],
  ['start', 'every other', 2],
] as const)(
  'recovers a deleted key by one request whichever activity the worker is killed in, at the %s of %s',
  async (moment, _which, first) => {
    const undisturbed = await tell(NO_KILL, deleteKey);
    const { verification, ledger, history } = undisturbed;
    expect([verification, history.at(-1)]).toEqual(['intact', 'ready']);
    let activity: number = first;
    let kills = 0;
    let slowest = 0;
    for (; ; activity += 2) {
      const told = await tell(killWorkerAt(moment, activity), deleteKey);
      if (told.workerDeaths === 0) break;
      expect({ activity, ...told }).toMatchObject({ activity, verification, ledger, history });
      expect(told.writes.filter((write) => RECOVERY.test(write))).toHaveLength(1);
      slowest = Math.max(slowest, told.minutes);
      kills += 1;
    }
    console.log(
      `worker killed at the ${moment} of each of ${kills} activities: recovered by one request every time, at ` +
        `worst ${slowest} virtual minutes after the loss (undisturbed ${undisturbed.minutes})`,
    );
    expect(activity).toBeGreaterThan(15);
  },
);
