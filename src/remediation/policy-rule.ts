import type { KeyObservation } from './facts.ts';
import type { Finding } from './findings.ts';
import type { PolicyRecords, PolicySettings, StepVerdict } from './policy-types.ts';
import type { Step } from './steps.ts';

export type PolicySituation = {
  readonly findings: readonly Finding[];
  readonly observation: KeyObservation;
  readonly settings: PolicySettings;
  readonly records: PolicyRecords;
  readonly now: Date;
};

/** One reason to run, ask or report a step; `undefined` where the rule has nothing to say. */
export type PolicyRule = (step: Step, situation: PolicySituation) => StepVerdict | undefined;

export const report = (step: Step, why: string): StepVerdict => ({ verdict: 'report', step, why });
export const ask = (step: Step, why: string): StepVerdict => ({ verdict: 'ask', step, why });
export const run = (step: Step): StepVerdict => ({ verdict: 'run', step });

/** Whether something limited by `until` (ISO 8601) still holds. What cannot be read as a date holds for ever. */
export const inForce = (until: string | undefined, now: Date): boolean =>
  until === undefined || !(new Date(until) <= now);
