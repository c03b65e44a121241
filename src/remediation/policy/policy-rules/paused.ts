import { liftBy } from '../../model/doors.ts';
import { endOf, inForce, untilWords } from '../../model/in-force.ts';
import type { PolicyRecords } from '../../model/records.ts';
import type { Step } from '../../steps/step.ts';
import { pausesOver, placesOf } from '../pause-scope.ts';
import { type PolicyRule, report } from '../policy-rule.ts';

const sooner = ({ until }: { readonly until?: string | undefined }): string => (until === undefined ? '' : ' sooner');

/**
 * A sentence on the pause that holds this step: the pause of all repairs, or else the pause of a scope of the step that lasts
 * longest. `undefined` where there is none.
 */
export const pauseOf = (
  step: Step,
  records: Pick<PolicyRecords, 'paused' | 'pausedScopes'>,
  now: Date,
): string | undefined => {
  const { paused: all } = records;
  if (all && inForce(all.until, now))
    return `All repairs are paused by ${all.by}${untilWords(all)}: ${all.why}. To go on${sooner(all)}, lift the pause with ${liftBy('pause', 'why=')}.`;
  const [one] = pausesOver(placesOf(step), records)
    .filter(({ until }) => inForce(until, now))
    .toSorted((first, second) => endOf(second) - endOf(first));
  return (
    one &&
    `Repairs of what lies in ${one.scope} are paused by ${one.by}${untilWords(one)}: ${one.why}. To go on${sooner(one)}, lift the pause with ${liftBy('pause', `scope=${one.scope}&why=`)}.`
  );
};

export const paused: PolicyRule = (step, { records, now }) => {
  const pause = pauseOf(step, records, now);
  return pause === undefined ? undefined : report(step, pause);
};
