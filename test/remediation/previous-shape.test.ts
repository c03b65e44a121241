import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { baselineOf } from '../../src/loop/memory/baseline.ts';
import { baselineDetail } from '../../src/loop/memory/known.ts';
import { assess } from '../../src/remediation/assess.ts';
import { type Baseline, baselineJson } from '../../src/remediation/model/baseline.ts';
import { canonicalJson, type Json } from '../../src/remediation/model/canonical.ts';
import { type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import type { Finding } from '../../src/remediation/model/findings.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import { stepIdOf } from '../../src/remediation/steps/make-step.ts';
import type { Step } from '../../src/remediation/steps/step.ts';
import type { StepKind, StepSpec } from '../../src/remediation/steps/steps.ts';
import { NOW } from '../builders/observation.ts';
import { anApprovalOf, policyIn, REMEDIATION, someRecords } from '../builders/policy.ts';

type Frozen = {
  readonly observation: KeyObservation;
  readonly known: Known;
  readonly findings: readonly unknown[];
  readonly planId: string;
  readonly steps: readonly (StepSpec & { readonly stepId: string })[];
  readonly baseline?: Baseline;
  readonly baselineSha256?: string;
};

/**
 * What was seen, known and decided by the product as it was before a consumer could name its key without a version (commit
 * 4eb7d44): drawn so that every fault that was drawn, every step for every kind of consumer, and the baseline of every use is
 * among it, and of each kind only what Azure could show.
 */
const FROZEN: readonly Frozen[] = JSON.parse(
  readFileSync(new URL('./fixtures/previous-shape.json', import.meta.url), 'utf8'),
);

const decide = ({ observation, known }: Frozen, approved: readonly Step[] = []): Decision => {
  const policy = policyIn('approve', { fuse: { rootCauses: 99, sharePercent: 0, windowMinutes: 60 } });
  const records = someRecords({ attempts: known.attempts ?? [], approvals: [anApprovalOf(approved)] });
  return assess(observation, present(records), { remediation: REMEDIATION, policy }, NOW, known);
};

const inShort = ({ kind, target, harm }: Finding) => ({
  kind,
  target,
  harm: harm.map(({ consumerId, level }) => ({ consumerId, level })),
});

const namesOf = ({ kind, target, parameters, stepId }: StepSpec & { readonly stepId: string }) =>
  canonicalJson({ kind, target, parameters, stepId });

const stepsThat = ({ verdicts }: Decision, wanted: 'ask' | 'run'): readonly string[] =>
  verdicts.filter(({ verdict }) => verdict === wanted).map(({ step }) => step.stepId);

describe('What the version before has seen and decided', () => {
  it('is found the same', () => {
    for (const frozen of FROZEN) expect(decide(frozen).findings.map(inShort)).toEqual(frozen.findings);
  });

  it('is planned the same, to the byte, so that every approval is of what was approved', () => {
    for (const frozen of FROZEN) {
      const { plan } = decide(frozen);
      expect(plan.planId).toBe(frozen.planId);
      expect(plan.steps.map(namesOf)).toEqual(frozen.steps.map(namesOf));
      expect(frozen.steps.map(stepIdOf)).toEqual(frozen.steps.map(({ stepId }) => stepId));
    }
  });

  it('is done on an approval of that time', () => {
    const approved = FROZEN.flatMap((frozen) => {
      const asked = stepsThat(decide(frozen), 'ask');
      const run = stepsThat(decide(frozen, frozen.steps as readonly Step[]), 'run');
      expect(run).toEqual(asked);
      return run;
    });
    const kinds = FROZEN.flatMap(({ steps }) => steps.filter(({ stepId }) => approved.includes(stepId)));
    expect(new Set(kinds.map(({ kind }): StepKind => kind)).size).toBeGreaterThan(5);
  });

  it('leaves the baseline that the ledger knows', () => {
    for (const { observation, known, baseline, baselineSha256 } of FROZEN) {
      const now = baselineOf(observation, known.baseline);
      expect(now && canonicalJson(baselineJson(now))).toBe(baseline && canonicalJson(baseline as unknown as Json));
      if (baseline) expect(baselineDetail(baselineJson(baseline)).sha256).toBe(baselineSha256);
    }
  });
});
