import { ask, type PolicyRule, type PolicySituation } from '../policy-rule.ts';
import type { StepVerdict } from '../policy-types.ts';
import { rejectionSentence, rejectionsOf, standingRejection } from '../rejection.ts';

/** A step that a person has rejected is not done without a question, in any mode. A later approval overrides the rejection. */
export const rejected: PolicyRule = (step, situation) => {
  const rejection = standingRejection(step, situation);
  return (
    rejection &&
    ask(
      step,
      `${rejectionSentence(rejection)} An approver may still approve it; it is asked anew when one of those that it is for goes down.`,
    )
  );
};

/** Adds an earlier rejection, and why it has ended, to a step that asks again: the person who answers must know it. */
export const askedAnew = (asked: StepVerdict, situation: PolicySituation): StepVerdict => {
  const last = rejectionsOf(asked.step, situation.records).at(-1);
  if (asked.verdict !== 'ask' || last === undefined || standingRejection(asked.step, situation)) return asked;
  return ask(
    asked.step,
    `${asked.why} ${rejectionSentence(last)} It is asked anew, because more is down than was then.`,
  );
};
