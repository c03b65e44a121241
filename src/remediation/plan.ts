import { canonicalJson, sha256 } from './canonical.ts';
import type { KeyObservation } from './facts.ts';
import { type Finding, findingId, isHarmful, saysNothing, stopsNow } from './findings.ts';
import { makeStep } from './make-step.ts';
import type { Attempt } from './policy-types.ts';
import { REMEDIES } from './remedies.ts';
import { instruct, type OfferedStep, type RemedyContext, type RemedyOffer } from './remedy.ts';
import { isReplaced } from './requested-steps.ts';
import type { Known } from './rule.ts';
import type { RemediationSettings } from './settings.ts';
import type { Plan, Step } from './steps.ts';

/**
 * `attempts`: see `standingAttempts`. `requested`: names of the steps that people have asked for. `wishes`: what they asked for
 * with a key or an identity of their choice.
 */
export type PlanContext = {
  readonly attempts?: readonly Attempt[];
  readonly known?: Known;
  readonly requested?: readonly string[];
  readonly wishes?: readonly OfferedStep[];
};

type Remedied = { readonly steps: readonly Step[]; readonly instructions: readonly string[] };

/**
 * The repairs of these findings, in the order of `diagnose`: causes first. What a finding explains is repaired after
 * its causes, and not at all while one of them is left to a human. What harms nobody is repaired only where a person has
 * requested that step. What a person chose comes last, and instead of what would do the same otherwise.
 */
export const plan = (
  findings: readonly Finding[],
  observation: KeyObservation,
  settings: RemediationSettings,
  { attempts = [], known = {}, requested = [], wishes = [] }: PlanContext = {},
): Plan => {
  const remedied = new Map<string, Remedied>();
  for (const finding of findings) {
    const causes = causesOf(finding, findings).flatMap((cause) => remedied.get(findingId(cause)) ?? []);
    const offer = offerFor(finding, causes, { observation, settings, attempts, known }, requested);
    const dependsOn = causes.flatMap((cause) => cause.steps.map(({ stepId }) => stepId));
    const offered = offer.steps.filter((one) => !isReplaced(one, wishes));
    const steps = offered.map((one) => makeStep(one, observation, dependsOn));
    remedied.set(findingId(finding), { steps, instructions: offer.instructions });
  }
  const all = [...remedied.values()];
  const chosen = wishes.map((wish) => makeStep(wish, observation, []));
  return planOf(
    [...all.flatMap(({ steps }) => steps), ...chosen],
    all.flatMap(({ instructions }) => instructions),
  );
};

/** Everything that must be repaired before what is explained: its root cause, and whatever else stops its consumers. */
const causesOf = (finding: Finding, findings: readonly Finding[]): readonly Finding[] =>
  finding.explainedBy === undefined
    ? []
    : findings.filter(
        (other) =>
          findingId(other) === finding.explainedBy ||
          (other.explainedBy === undefined && finding.harm.some(({ consumerId }) => stopsNow(other, consumerId))),
      );

const offerFor = (
  finding: Finding,
  causes: readonly Remedied[],
  context: RemedyContext,
  requested: readonly string[],
): RemedyOffer => {
  if (causes.some(({ steps }) => steps.length === 0)) return instruct();
  const offer = REMEDIES[finding.kind](finding, context);
  if (isHarmful(finding) || saysNothing(finding)) return offer;
  return { ...offer, steps: offer.steps.filter(({ spec }) => requested.includes(spec.kind)) };
};

const planOf = (steps: readonly Step[], instructions: readonly string[]): Plan => ({
  planId: sha256(canonicalJson(steps.map(({ stepId }) => stepId).sort())),
  steps,
  instructions,
});
