import type { KeyObservation } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import type { Known } from '../model/known.ts';
import type { Attempt } from '../model/records.ts';
import type { RemediationSettings } from '../model/settings.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import type { Step } from '../steps/step.ts';
import type { StepSpec } from '../steps/steps.ts';

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
  /** Whether what only restores goes on at a pace, as the fuse has blown. */
  readonly isPaced?: true;
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
