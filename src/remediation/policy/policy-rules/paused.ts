import { inForce } from '../../model/in-force.ts';
import type { PolicyRecords } from '../../model/records.ts';
import { type PolicyRule, report } from '../policy-rule.ts';

/** Who paused all repairs, in a sentence; `undefined` when nobody did. */
export const pauseOf = ({ paused }: Pick<PolicyRecords, 'paused'>, now: Date): string | undefined =>
  paused && inForce(paused.until, now)
    ? `All repairs are paused by ${paused.by}: ${paused.why}. Lift the pause to go on.`
    : undefined;

export const paused: PolicyRule = (step, { records, now }) => {
  const pause = pauseOf(records, now);
  return pause === undefined ? undefined : report(step, pause);
};
