import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { tryToLift } from '../try-to-lift.ts';
import { functionKey } from '../witness.ts';

/** A person with the role gave the override. */
export const liftedByFunctionKey: Attack = {
  item: '3',
  sentence: 'the holder of a function key lifts, shortens and overwrites a do-not-heal record, in every spelling',
  plan: ORDERED,
  play: async (app) => tryToLift(app, 'kv-lifted', { ...functionKey(app), ...(await signedIn(app, 'approver')) }),
};
