import { profileOf } from '../../model/profiles.ts';
import type { Step } from '../../steps/step.ts';
import { ask, type PolicyRule, type PolicySituation, report } from '../policy-rule.ts';
import { deadlineOf, pacedUntil, wasExtended } from '../prevention.ts';

/**
 * Whether no document says, and no update has shown yet, that an update with the same key makes a consumer of this kind try its
 * key.
 */
const isUnproven = (step: Step, { records }: PolicySituation): boolean => {
  if (step.kind !== 'revalidateConsumer') return false;
  const { consumerKind } = step.parameters;
  return (
    typeof profileOf(consumerKind).sameKeyUpdate === 'object' && records.seenToWork?.includes(consumerKind) !== true
  );
};

const DAY_MS = 86_400_000;

/** Whether the key was already extended for a shorter time, and is not urgent any more. */
const mayWait = (step: Step, situation: PolicySituation): boolean =>
  Date.parse(deadlineOf(step, situation.findings)) > situation.now.getTime() + DAY_MS &&
  wasExtended(step, situation.records);

/**
 * While the fuse is blown, steps that only restore go on, with two exceptions: an update of which nothing shows that it works,
 * and an extension that is not urgent any more. A version that was extended by a week gets its full extension afterwards.
 */
export const paced: PolicyRule = (step, situation) => {
  const until = pacedUntil(situation);
  if (until === undefined) return undefined;
  if (isUnproven(step, situation))
    return ask(
      step,
      `Many independent faults at once point to one systemic cause, and it was not seen yet that such an update makes a ${profileOf('consumerKind' in step.parameters ? step.parameters.consumerKind : '').noun} look at its key; approve this plan, and the others go on by themselves once it was.`,
    );
  return mayWait(step, situation)
    ? report(
        step,
        `Many independent faults at once point to one systemic cause: the version was extended by a few days, and is extended in full after ${until.toISOString()}.`,
      )
    : undefined;
};
