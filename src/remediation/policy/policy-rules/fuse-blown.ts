import { isWeighty } from '../do-not-heal-mark.ts';
import { blownAt, fuseLimit } from '../fuse.ts';
import { placesOf } from '../pause-scope.ts';
import { ask, type PolicyRule } from '../policy-rule.ts';

/**
 * Too many independent root causes at once, also of other keys, mean a systemic cause. The fuse never holds back prevention
 * (invariant `prevention-goes-on`): keys that were made together expire together, and an extension undoes nothing and gives
 * nobody access.
 */
export const fuseBlown: PolicyRule = (step, situation) => {
  if (!isWeighty(step)) return undefined;
  const { records, settings } = situation;
  return blownAt(placesOf(step), situation).length === 0
    ? undefined
    : ask(
        step,
        `There are ${fuseLimit(settings.fuse, records)} or more independent faults within ${settings.fuse.windowMinutes} minutes, which points to one systemic cause; approve this plan if there is none.`,
      );
};
