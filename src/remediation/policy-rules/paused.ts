import { inForce, type PolicyRule, report } from '../policy-rule.ts';

export const paused: PolicyRule = (step, { records, now }) =>
  records.paused !== undefined && inForce(records.paused.until, now)
    ? report(step, `All repairs are paused by ${records.paused.by}: ${records.paused.why}. Lift the pause to go on.`)
    : undefined;
