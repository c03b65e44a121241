import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/loop/memory/baseline.ts';
import { baselineDetail } from '../../src/loop/memory/known.ts';
import { assess } from '../../src/remediation/assess.ts';
import { type Baseline, baselineJson } from '../../src/remediation/model/baseline.ts';
import { canonicalJson, type Json } from '../../src/remediation/model/canonical.ts';
import { type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import { type Finding, saysAnother } from '../../src/remediation/model/findings.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import { stepIdOf } from '../../src/remediation/steps/make-step.ts';
import type { Step } from '../../src/remediation/steps/step.ts';
import { STEPS, type StepKind, type StepSpec } from '../../src/remediation/steps/steps.ts';
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
 * Observations, known facts and decisions of the product before a consumer could name its key without a version (commit 4eb7d44).
 * They were drawn so that they contain every fault that was drawn, every step for every kind of consumer, and the baseline of
 * every use, and for each kind only facts that Azure could show.
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

/** A step without the vault: at that commit only a step that wrote to the vault, or gave access to it, named the vault. */
const withoutVault = ({ kind, target, parameters }: StepSpec): string => {
  const { vaultId: _, ...others } = parameters as Record<string, Json>;
  return canonicalJson({ kind, target, parameters: others });
};

const namedVaultThen = ({ kind }: StepSpec): boolean => ['vault', 'principal'].includes(STEPS[kind].subject);

const stepsThat = ({ verdicts }: Decision, wanted: 'ask' | 'run'): readonly string[] =>
  verdicts.filter(({ verdict }) => verdict === wanted).map(({ step }) => step.stepId);

describe('What the version before has seen and decided', () => {
  it('is found the same, beside what only bears a name', () => {
    for (const frozen of FROZEN) {
      const { findings } = decide(frozen);
      expect(findings.filter((one) => !saysAnother(one)).map(inShort)).toEqual(frozen.findings);
    }
  });

  it('is planned the same, but that every step names its vault, and that nothing is done to another key', () => {
    for (const frozen of FROZEN) {
      const { findings, plan, verdicts } = decide(frozen);
      const steps = findings.some(saysAnother) ? [] : frozen.steps;
      expect(plan.steps.map(withoutVault)).toEqual(steps.map(withoutVault));
      const mayAct = verdicts.filter(({ verdict }) => verdict !== 'report').map(({ step }) => step.parameters.vaultId);
      expect(mayAct.every((vaultId) => vaultId.startsWith('/subscriptions/'))).toBe(true);
      expect(frozen.steps.map(stepIdOf)).toEqual(frozen.steps.map(({ stepId }) => stepId));
    }
  });

  it('was approved without a vault: where the step did not name one, it asks anew, and is done on the answer', () => {
    const done = new Set<StepKind>();
    for (const frozen of FROZEN) {
      const decision = decide(frozen);
      const asked = stepsThat(decision, 'ask');
      const approvedThen = decide(frozen, frozen.steps as readonly Step[]);
      const stands = new Set(frozen.steps.filter(namedVaultThen).map(({ stepId }) => stepId));
      expect(stepsThat(approvedThen, 'run').every((stepId) => stands.has(stepId))).toBe(true);
      const approvedNow = decide(frozen, decision.plan.steps);
      expect(stepsThat(approvedNow, 'run')).toEqual(asked);
      for (const { kind, stepId } of decision.plan.steps) if (asked.includes(stepId)) done.add(kind);
    }
    expect(done.size).toBeGreaterThan(5);
  });

  it('leaves the baseline that the ledger knows, and beside it the versions in use', () => {
    for (const { observation, known, baseline, baselineSha256 } of FROZEN) {
      const { versions, ...now } = baselineOf(observation, known.baseline) ?? {};
      expect(versions !== undefined && Object.keys(versions).length > 0).toBe(baseline !== undefined);
      expect(versions && canonicalJson(baselineJson(now as Baseline))).toBe(
        baseline && canonicalJson(baseline as unknown as Json),
      );
      if (baseline) expect(baselineDetail(baselineJson(baseline)).sha256).toBe(baselineSha256);
    }
  });
});
