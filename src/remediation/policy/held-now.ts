import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { markThatCounts, recordMark } from './do-not-heal-mark.ts';
import { heldBack, kindOf } from './plan-verdicts.ts';
import { report } from './policy-rule.ts';
import { pauseOf } from './policy-rules/paused.ts';
import type { Decision, StepVerdict } from './policy-types.ts';
import { recordIn } from './remembered-marks.ts';

/** The overrides of people, whatever was decided before them. */
export type Forbidding = Pick<PolicyRecords, 'paused' | 'pausedScopes' | 'doNotHeal'>;

const forbiddenBy = (step: Step, records: Forbidding, now: Date): string | undefined => {
  const served = step.serves.map((id) => recordMark([id], records, now));
  const mark = recordMark(step.touches, records, now) ?? markThatCounts(step, served) ?? recordIn(step, records, now);
  return pauseOf(step, records, now) ?? (mark && `${mark}.`);
};

/**
 * A decision without the questions that nobody has to answer any more, since a person has paused or forbidden the repair after
 * it. It is for readers of the decision: the next look decides anew, by all the rules.
 */
export const heldNow = (decision: Decision, records: Forbidding, now: Date): Decision => {
  const verdicts = new Map<string, StepVerdict>();
  for (const own of decision.verdicts) {
    const why = own.verdict === 'ask' ? forbiddenBy(own.step, records, now) : undefined;
    verdicts.set(own.step.stepId, heldBack(why === undefined ? own : report(own.step, why), verdicts));
  }
  const all = [...verdicts.values()];
  return all.every((one, at) => one === decision.verdicts[at])
    ? decision
    : { ...decision, verdicts: all, kind: kindOf(all, decision.findings) };
};

/**
 * The reasons why steps of a plan are not done now even with an approval, each reason once: overrides of people, or facts. A step
 * that only waits for such a step is left out.
 */
export const whyHeld = ({ verdicts }: Pick<Decision, 'verdicts'>, stepIds: readonly string[]): readonly string[] => {
  const held = new Set(verdicts.flatMap(({ verdict, step }) => (verdict === 'report' ? [step.stepId] : [])));
  return [
    ...new Set(
      verdicts.flatMap((one) =>
        one.verdict === 'report' && stepIds.includes(one.step.stepId) && !one.step.dependsOn.some((id) => held.has(id))
          ? [one.why]
          : [],
      ),
    ),
  ];
};
