import type { KeyObservation } from './facts.ts';
import type { Finding } from './findings.ts';
import type { Attempt } from './policy-types.ts';
import type { RemediationSettings } from './settings.ts';
import type { StepSpec } from './steps.ts';

/** Either steps, or what a human must do: one sentence each, with the command in it. */
export type RemedyOffer = { readonly steps: readonly StepSpec[]; readonly instructions: readonly string[] };

export type RemedyContext = {
  readonly observation: KeyObservation;
  readonly settings: RemediationSettings;
  /** The steps of this incident that ended, so far as no later request asks for them again. */
  readonly attempts: readonly Attempt[];
};

export type Remedy = (finding: Finding, context: RemedyContext) => RemedyOffer;

export const steps = (...specs: readonly StepSpec[]): RemedyOffer => ({ steps: specs, instructions: [] });
export const instruct = (...instructions: readonly string[]): RemedyOffer => ({ steps: [], instructions });
