import type { KeyObservation } from './facts.ts';
import type { Finding } from './findings.ts';
import type { Attempt } from './policy-types.ts';
import type { Known } from './rule.ts';
import type { RemediationSettings } from './settings.ts';
import type { Risk, StepSpec } from './steps.ts';

/**
 * A step that would repair something. `risk` where it is another than that of its kind (invariant 9). `asks`: why a person
 * must say yes to it whatever the settings name, in a sentence.
 */
export type OfferedStep = { readonly spec: StepSpec; readonly risk?: Risk; readonly asks?: string };

/** Either steps, or what a human must do: one sentence each, with the command in it. */
export type RemedyOffer = { readonly steps: readonly OfferedStep[]; readonly instructions: readonly string[] };

export type RemedyContext = {
  readonly observation: KeyObservation;
  readonly settings: RemediationSettings;
  readonly known: Known;
  /** The steps of this incident that ended, so far as no later request asks for them again. */
  readonly attempts: readonly Attempt[];
};

export type Remedy = (finding: Finding, context: RemedyContext) => RemedyOffer;

export const steps = (...specs: readonly StepSpec[]): RemedyOffer => ({
  steps: specs.map((spec) => ({ spec })),
  instructions: [],
});
export const offer = (...offered: readonly OfferedStep[]): RemedyOffer => ({ steps: offered, instructions: [] });
export const instruct = (...instructions: readonly string[]): RemedyOffer => ({ steps: [], instructions });
