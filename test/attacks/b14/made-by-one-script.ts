import type { AppPlan } from '../../builders/open-app.ts';
import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import { comeNear, daysLeft, keysOf, lockedOut } from '../../stories/estate/prevention-story.ts';
import type { Attack } from '../attack.ts';
import { outcome, writesDuring } from '../witness.ts';

const COUNT = 12;
const PLAN: AppPlan = { world: keysOf(COUNT), wake: 'sweep' };

/** So many faults at once blow the fuse. The script's owner wants the keys to be extended, which does no harm. */
export const madeByOneScript: Attack = {
  item: 'b14',
  sentence:
    'a script has made twelve keys that expire together: the fuse blows, and all of their servers would be locked out',
  plan: PLAN,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      comeNear(app, COUNT, HOUR, MINUTE);
      await app.pass(HOUR);
    });
    const days = daysLeft(app, COUNT);
    const claims = {
      'no server was locked out': lockedOut(app).length === 0,
      'each key was extended once': writes.length === COUNT,
      'by a week': days.every((one) => one === 7),
    };
    return outcome({ writes: [], verdict: `extended by ${[...new Set(days)].join(', ')} days` }, claims);
  },
};
