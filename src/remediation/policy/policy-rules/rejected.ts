import { ask, type PolicyRule, type PolicySituation } from '../policy-rule.ts';
import type { StepVerdict } from '../policy-types.ts';
import { rejectionSentence, rejectionsOf, standingRejection } from '../rejection.ts';

/** What a person has rejected is not done unasked, whatever the mode. A later word of an approver outvotes it. */
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

/** What is asked though it was rejected once says so: who answers now has to know what was said before, and why it ended. */
export const askedAnew = (asked: StepVerdict, situation: PolicySituation): StepVerdict => {
  const last = rejectionsOf(asked.step, situation.records).at(-1);
  if (asked.verdict !== 'ask' || last === undefined || standingRejection(asked.step, situation)) return asked;
  return ask(
    asked.step,
    `${asked.why} ${rejectionSentence(last)} It is asked anew, because more is down than was then.`,
  );
};
