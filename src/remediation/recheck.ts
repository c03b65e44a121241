import { hasApproval } from './approval.ts';
import { recordMark, tagMark } from './do-not-heal-mark.ts';
import type { Fact } from './facts.ts';
import { pauseOf } from './policy-rules/paused.ts';
import type { Authority, PolicyRecords } from './policy-types.ts';
import type { Step } from './steps.ts';

/** What the write activity has just read. `tags`: those of the step's target. */
export type JustRead = {
  readonly records: Fact<PolicyRecords>;
  readonly tags: Readonly<Record<string, string>>;
  readonly doNotHealTag: string;
  readonly now: Date;
};

/**
 * Why a step that policy let run may not be written any more, in a sentence; `undefined` when it may. For the write
 * activity, right before it sends: it can cancel the write, never change it.
 */
export const cancelled = (step: Step, authority: Authority, read: JustRead): string | undefined => {
  const { records, now } = read;
  if (records.kind !== 'present') return 'The records that could forbid it could not be read.';
  return (
    pauseOf(records.value, now) ??
    recordMark(step.touches, records.value, now) ??
    tagMark(step.target, read.tags, read.doNotHealTag) ??
    (authority.kind === 'approval' && !hasApproval(step.stepId, records.value, now)
      ? 'Its approval expired or was used up; it asks again.'
      : undefined)
  );
};
