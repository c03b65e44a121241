import type { Attack } from '../attack.ts';
import { EMPTIED } from '../quiet-apps.ts';
import { tryToLift } from '../try-to-lift.ts';
import { functionKey } from '../witness.ts';

/** The host allows the lifting routes to the master key alone. */
export const liftedWhereNobodyApproves: Attack = {
  item: '3',
  sentence: 'the holder of a function key lifts, shortens and overwrites a record where no approver is set',
  plan: EMPTIED,
  play: (app) => tryToLift(app, 'kv-mastered', functionKey(app)),
};
