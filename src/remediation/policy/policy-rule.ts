import type { Baseline } from '../model/baseline.ts';
import type { KeyObservation } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { withOwn } from '../steps/step-scope.ts';
import type { Authority, PolicySettings, StepVerdict } from './policy-types.ts';

export type PolicySituation = {
  readonly findings: readonly Finding[];
  /** Only the consumers that are known to belong here. */
  readonly observation: KeyObservation;
  /** The same observation, strangers included; left out where there are none. */
  readonly everyone?: KeyObservation;
  readonly settings: PolicySettings;
  readonly records: PolicyRecords;
  readonly now: Date;
  /** The last healthy snapshot, for facts that cannot be read now. */
  readonly baseline?: Baseline | undefined;
};

/** The observation by which a step is judged: see `withOwn`. */
export const seenFor = (step: Step, { observation, everyone }: PolicySituation): KeyObservation =>
  withOwn(step, observation, everyone ?? observation);

/** One rule: a verdict to ask or to report, or `undefined` where the rule does not apply. */
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
