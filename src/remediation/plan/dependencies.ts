import { causesAmong } from '../diagnosis/causes.ts';
import type { KeyObservation } from '../model/facts.ts';
import { type Finding, findingId } from '../model/findings.ts';
import { userOf } from '../observation/pins.ts';
import type { Step } from '../steps/step.ts';
import { STEPS, type StepKind } from '../steps/steps.ts';

/**
 * Everything that must be repaired before what is explained: its root cause, and whatever else takes its consumers' key, in the order
 * of the findings.
 */
export const causesOfIn = (
  findings: readonly Finding[],
  observation: KeyObservation,
): ((finding: Finding) => readonly Finding[]) => {
  const byId = Map.groupBy(findings, findingId);
  const rootsFor = causesAmong(findings.filter(({ explainedBy }) => explainedBy === undefined));
  const place = new Map(findings.map((finding, at) => [finding, at]));
  return ({ explainedBy, harm }) => {
    if (explainedBy === undefined) return [];
    const consumers = harm.flatMap(({ consumerId }) => userOf(observation, consumerId) ?? []);
    const causes = new Set([...(byId.get(explainedBy) ?? []), ...consumers.flatMap(rootsFor)]);
    return [...causes].toSorted((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
  };
};

/** Whether other steps may have to wait for what this one gives. */
export const givesToOthers = ({ kind }: Step): boolean => STEPS[kind].gives !== 'nothing';

/** The planned steps that a step of this kind must wait for, though they repair another fault: a right needs a key that is there. */
export const needsBefore = (kind: StepKind, planned: readonly Step[]): readonly Step[] => {
  const { needs } = STEPS[kind];
  return needs === 'nothing' ? [] : planned.filter((step) => STEPS[step.kind].gives === needs);
};
