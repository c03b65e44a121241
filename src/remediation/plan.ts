import { canonicalJson, sha256 } from './canonical.ts';
import type { KeyObservation } from './facts.ts';
import { type Finding, findingId, isHarmful } from './findings.ts';
import { makeStep } from './make-step.ts';
import type { Attempt } from './policy-types.ts';
import { REMEDIES } from './remedies.ts';
import { instruct, type RemedyContext, type RemedyOffer } from './remedy.ts';
import type { RemediationSettings } from './settings.ts';
import { touchedIds } from './step-scope.ts';
import type { Plan, Step } from './steps.ts';

type Remedied = { readonly steps: readonly Step[]; readonly instructions: readonly string[] };

/**
 * The repairs of these findings, in the order of `diagnose`: causes first. What a finding explains is repaired after
 * its cause, and not at all while the cause is left to a human. `attempts`: see `standingAttempts`.
 */
export const plan = (
  findings: readonly Finding[],
  observation: KeyObservation,
  settings: RemediationSettings,
  attempts: readonly Attempt[] = [],
): Plan => {
  const remedied = new Map<string, Remedied>();
  for (const finding of findings) {
    const cause = finding.explainedBy === undefined ? undefined : remedied.get(finding.explainedBy);
    const offer = offerFor(finding, cause, { observation, settings, attempts });
    const dependsOn = cause?.steps.map(({ stepId }) => stepId) ?? [];
    const steps = offer.steps.map((spec) => makeStep(spec, touchedIds(spec, observation), dependsOn));
    remedied.set(findingId(finding), { steps, instructions: offer.instructions });
  }
  const all = [...remedied.values()];
  return planOf(
    all.flatMap(({ steps }) => steps),
    all.flatMap(({ instructions }) => instructions),
  );
};

const offerFor = (finding: Finding, cause: Remedied | undefined, context: RemedyContext): RemedyOffer => {
  const nobodyHarmed = !isHarmful(finding) && finding.kind !== 'observationIncomplete';
  const waitsForHuman = cause !== undefined && cause.steps.length === 0;
  return nobodyHarmed || waitsForHuman ? instruct() : REMEDIES[finding.kind](finding, context);
};

const planOf = (steps: readonly Step[], instructions: readonly string[]): Plan => ({
  planId: sha256(canonicalJson(steps.map(({ stepId }) => stepId).sort())),
  steps,
  instructions,
});
