import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { isRejectedSince } from './rejection.ts';
import { wordsOn } from './words-on.ts';

/**
 * Whether an approval covers the step. A step that undoes somebody's write is covered only by an approval that was given after
 * that write.
 */
const isOfThisAct = ({ risk, seen }: Pick<Step, 'risk' | 'seen'>, approvedAt: string): boolean =>
  risk !== 'reversal' || seen?.updatedOn === undefined || new Date(seen.updatedOn) <= new Date(approvedAt);

const usedIn = oncePer((stepIds: readonly string[]): ReadonlySet<string> => new Set(stepIds));

/**
 * Whether the approval of a person holds for this step: not expired, not used up by an outcome `done`, and not rejected since.
 */
export const hasApproval = (
  step: Pick<Step, 'stepId' | 'risk' | 'seen'>,
  records: Pick<PolicyRecords, 'approvals' | 'rejections' | 'usedSteps'>,
  now: Date,
): boolean =>
  !usedIn(records.usedSteps).has(step.stepId) &&
  wordsOn(records.approvals, step).some(
    ({ at, expires }) => new Date(expires) > now && isOfThisAct(step, at) && !isRejectedSince(step, records, at),
  );
