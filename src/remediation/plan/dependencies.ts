import { takesKey } from '../diagnosis/causes.ts';
import type { KeyObservation } from '../model/facts.ts';
import { type Finding, findingId } from '../model/findings.ts';
import { userOf } from '../observation/pins.ts';
import type { Step } from '../steps/step.ts';
import { STEPS, type StepKind } from '../steps/steps.ts';

/** Everything that must be repaired before what is explained: its root cause, and whatever else takes its consumers' key. */
export const causesOf = (
  finding: Finding,
  findings: readonly Finding[],
  observation: KeyObservation,
): readonly Finding[] => {
  if (finding.explainedBy === undefined) return [];
  const consumers = finding.harm.flatMap(({ consumerId }) => userOf(observation, consumerId) ?? []);
  return findings.filter(
    (other) =>
      findingId(other) === finding.explainedBy ||
      (other !== finding && other.explainedBy === undefined && consumers.some((consumer) => takesKey(other, consumer))),
  );
};

/** The planned steps that a step of this kind must wait for, though they repair another fault: a right needs a key that is there. */
export const needsBefore = (kind: StepKind, planned: readonly Step[]): readonly Step[] =>
  planned.filter((step) => STEPS[kind].needs !== 'nothing' && STEPS[step.kind].gives === STEPS[kind].needs);
