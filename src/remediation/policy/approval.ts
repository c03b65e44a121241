import type { PolicyRecords } from '../model/records.ts';

/** Whether a person's word stands for this very step: not expired, and not used up by an outcome `done`. */
export const hasApproval = (
  stepId: string,
  { approvals, usedSteps }: Pick<PolicyRecords, 'approvals' | 'usedSteps'>,
  now: Date,
): boolean =>
  !usedSteps.includes(stepId) &&
  approvals.some(({ stepIds, expires }) => stepIds.includes(stepId) && new Date(expires) > now);
