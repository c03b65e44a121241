import type { Baseline } from '../model/baseline.ts';
import type { KeyObservation } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import type { Authority, PolicySettings, StepVerdict } from './policy-types.ts';

export type PolicySituation = {
  readonly findings: readonly Finding[];
  readonly observation: KeyObservation;
  readonly settings: PolicySettings;
  readonly records: PolicyRecords;
  readonly now: Date;
  /** The last healthy snapshot, for what cannot be read now. */
  readonly baseline?: Baseline | undefined;
};

/** One reason to ask or to report; `undefined` where the rule has nothing to say. */
export type PolicyRule = (step: Step, situation: PolicySituation) => StepVerdict | undefined;

type ByPolicy = Extract<Authority, { kind: 'policy' }>;

export const report = (step: Step, why: string): StepVerdict => ({ verdict: 'report', step, why });
export const ask = (step: Step, why: string): StepVerdict => ({ verdict: 'ask', step, why });
export const runByApproval = (step: Step): StepVerdict => ({ verdict: 'run', step, authority: { kind: 'approval' } });
export const runByPolicy = (step: Step, { pace, heard = [] }: Omit<ByPolicy, 'kind'> = {}): StepVerdict => ({
  verdict: 'run',
  step,
  authority: { kind: 'policy', ...(pace && { pace }), ...(heard.length > 0 && { heard }) },
});
