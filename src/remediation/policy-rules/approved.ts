import { type PolicyRule, run } from '../policy-rule.ts';
import type { PolicyRecords } from '../policy-types.ts';

/** Whether a person's word stands for this very step: not expired, and not used up by an outcome `done`. */
export const isApproved = (stepId: string, { approvals, usedSteps }: PolicyRecords, now: Date): boolean =>
  !usedSteps.includes(stepId) &&
  approvals.some(({ stepIds, expires }) => stepIds.includes(stepId) && new Date(expires) > now);

export const approved: PolicyRule = (step, { records, now }) =>
  isApproved(step.stepId, records, now) ? run(step) : undefined;
