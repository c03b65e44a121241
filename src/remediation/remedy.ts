import type { KeyObservation } from './facts.ts';
import type { Finding } from './findings.ts';
import type { Attempt } from './policy-types.ts';
import type { Known } from './rule.ts';
import type { RemediationSettings } from './settings.ts';
import type { Risk, Step, StepSpec } from './steps.ts';

/**
 * A step that would repair something. `risk` where it is another than that of its kind (invariant 9). `asks`: why a person
 * must say yes to it whatever the settings name, in a sentence. `attemptsAt`: see `Step`.
 */
export type OfferedStep = {
  readonly spec: StepSpec;
  readonly risk?: Risk;
  readonly asks?: string;
  readonly attemptsAt?: readonly string[];
};

/**
 * Steps, and what a human must do: one sentence each, with the command in it. `inOrder`: each step needs those before it;
 * else they do not need each other.
 */
export type RemedyOffer = {
  readonly steps: readonly OfferedStep[];
  readonly inOrder?: true;
  readonly instructions: readonly string[];
};

export type RemedyContext = {
  /** Without strangers: nothing is done for them. */
  readonly observation: KeyObservation;
  /** With them: what a human is told may be about them. */
  readonly everyone: KeyObservation;
  readonly settings: RemediationSettings;
  readonly known: Known;
  /** The steps of this incident that ended, so far as no later request asks for them again. */
  readonly attempts: readonly Attempt[];
  /** What is done before about the causes of the finding. */
  readonly before: readonly Step[];
};

export type Remedy = (finding: Finding, context: RemedyContext) => RemedyOffer;

export const steps = (...specs: readonly StepSpec[]): RemedyOffer => ({
  steps: specs.map((spec) => ({ spec })),
  instructions: [],
});
export const offer = (...offered: readonly OfferedStep[]): RemedyOffer => ({ steps: offered, instructions: [] });
export const inOrder = (...offered: readonly OfferedStep[]): RemedyOffer => ({ ...offer(...offered), inOrder: true });
export const instruct = (...instructions: readonly string[]): RemedyOffer => ({ steps: [], instructions });
export const both = (...offers: readonly RemedyOffer[]): RemedyOffer => ({
  steps: offers.flatMap((one) => one.steps),
  instructions: offers.flatMap((one) => one.instructions),
});
