import { causesAmong } from '../diagnosis/causes.ts';
import type { KeyObservation } from '../model/facts.ts';
import { type Finding, findingId } from '../model/findings.ts';
import { userOf } from '../observation/pins.ts';
import type { Step } from '../steps/step.ts';
import { STEPS, type StepKind } from '../steps/steps.ts';

/**
 * Finds the findings that must be repaired before a given one: its root cause, and every other cause that takes the key from the
 * same consumers, in the order of the findings.
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

/** Whether other steps may have to wait for the result of this step. */
export const givesToOthers = ({ kind }: Step): boolean => STEPS[kind].gives !== 'nothing';

/**
 * The planned steps that a step of this kind must wait for, though they repair another fault: a grant, for example, needs a key
 * that exists.
 */
export const needsBefore = (kind: StepKind, planned: readonly Step[]): readonly Step[] => {
  const { needs } = STEPS[kind];
  return needs === 'nothing' ? [] : planned.filter((step) => STEPS[step.kind].gives === needs);
};
