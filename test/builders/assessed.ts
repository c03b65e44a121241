import { assess } from '../../src/remediation/assess.ts';
import { diagnose } from '../../src/remediation/diagnosis/diagnose.ts';
import { type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import type { FindingKind } from '../../src/remediation/model/faults.ts';
import type { Finding } from '../../src/remediation/model/findings.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import type { PolicyRecords } from '../../src/remediation/model/records.ts';
import type { RemediationSettings } from '../../src/remediation/model/settings.ts';
import type { Decision, PolicySettings } from '../../src/remediation/policy/policy-types.ts';
import type { Step } from '../../src/remediation/steps/step.ts';
import { NOW } from './observation.ts';
import { policyIn, REMEDIATION, someRecords } from './policy.ts';

export type Circumstances = {
  readonly known?: Known;
  readonly records?: Partial<PolicyRecords>;
  readonly policy?: PolicySettings;
  readonly remediation?: Partial<RemediationSettings>;
};

/** The product's whole assessment of an observation; with mode auto and every reversal allowed unless the test says otherwise. */
export const assessed = (
  observation: KeyObservation,
  { known = {}, records, policy = policyIn('auto', { autoReverse: 'all' }), remediation }: Circumstances = {},
): Decision => {
  const attempts = known.attempts ?? [];
  return assess(
    observation,
    present(someRecords({ attempts, ...records })),
    { remediation: { ...REMEDIATION, ...remediation }, policy },
    NOW,
    known,
  );
};

export const findingsIn = (observation: KeyObservation, known: Known = {}): readonly Finding[] =>
  diagnose(observation, NOW, REMEDIATION, known);

export const kindsIn = (observation: KeyObservation, known: Known = {}): readonly FindingKind[] =>
  findingsIn(observation, known).map(({ kind }) => kind);

export const findingIn = (observation: KeyObservation, kind: FindingKind, known: Known = {}): Finding | undefined =>
  findingsIn(observation, known).find((finding) => finding.kind === kind);

/** Every step with the policy's verdict on it. */
export const outlineOf = (...situation: Parameters<typeof assessed>): readonly (readonly [string, string])[] =>
  assessed(...situation).verdicts.map(({ step, verdict }) => [step.kind, verdict]);

export const stepOf = (decision: Decision, kind: Step['kind']): Step => {
  const found = decision.plan.steps.find((step) => step.kind === kind);
  if (found === undefined) throw new Error(`the plan has no ${kind}`);
  return found;
};

/** The outcome of a step on a target so many minutes ago. */
export const did = (step: Step, minutesAgo: number, outcome: 'done' | 'blocked' | 'unknown' = 'done') => ({
  stepId: step.stepId,
  step: step.kind,
  target: step.target,
  outcome,
  why: 'Azure said so',
  at: new Date(NOW.getTime() - minutesAgo * 60_000).toISOString(),
});
