import { expect, it } from 'vitest';
import { deleteKey, RECOVERY } from '../../builders/key-loss.ts';
import { killWorkerAt, NO_KILL, tell } from './killing-story.ts';

it.each(['start', 'effect'] as const)(
  'recovers a deleted key by one request whichever activity the worker is killed in, at its %s',
  async (moment) => {
    const undisturbed = await tell(NO_KILL, deleteKey);
    const { verification, ledger, history } = undisturbed;
    expect([verification, history.at(-1)]).toEqual(['intact', 'ready']);
    let activity = 1;
    let slowest = 0;
    for (; ; activity++) {
      const told = await tell(killWorkerAt(moment, activity), deleteKey);
      if (told.workerDeaths === 0) break;
      expect({ activity, ...told }).toMatchObject({ activity, verification, ledger, history });
      expect(told.writes.filter((write) => RECOVERY.test(write))).toHaveLength(1);
      slowest = Math.max(slowest, told.minutes);
    }
    console.log(
      `worker killed at the ${moment} of each of ${activity - 1} activities: recovered by one request every time, at ` +
        `worst ${slowest} virtual minutes after the loss (undisturbed ${undisturbed.minutes})`,
    );
    expect(activity).toBeGreaterThan(15);
  },
);
