import type { KeyObservation } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import type { Known } from '../model/known.ts';
import type { Attempt } from '../model/records.ts';
import type { RemediationSettings } from '../model/settings.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import type { Step } from '../steps/step.ts';
import type { StepSpec } from '../steps/steps.ts';

/**
 * The steps of a remedy, and what a person must do: one sentence each, with its command. `inOrder`: each step needs those before
 * it; else the steps are independent of each other.
 */
export type RemedyOffer = {
  readonly steps: readonly OfferedStep[];
  readonly inOrder?: true;
  readonly instructions: readonly string[];
};

export type RemedyContext = {
  /** Without strangers: no step is planned for them. */
  readonly observation: KeyObservation;
  /** With strangers: an instruction for a person may be about them. */
  readonly everyone: KeyObservation;
  readonly settings: RemediationSettings;
  readonly known: Known;
  /** The steps of this incident that ended, without those that a later request asks for again. */
  readonly attempts: readonly Attempt[];
  /** Whether steps that only restore go on at a pace, because the fuse is blown. */
  readonly isPaced?: true;
  /** The steps that repair the causes of the finding first. */
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
