import { canonicalJson, sha256 } from '../../remediation/model/canonical.ts';
import type { Decision, StepVerdict } from '../../remediation/policy/policy-types.ts';

const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Why a step does not run, without the times in it. A new reason is news: who lifts a pause must not go on reading of it. */
const reasonOf = (verdict: StepVerdict): string =>
  verdict.verdict === 'run' ? verdict.authority.kind : verdict.why.replace(TIMES, '');

/** SHA-256 of what a verdict says, without its times: the same verdict is entered and notified once. */
export const fingerprintOf = (decision: Decision, incident: string | undefined): string =>
  sha256(
    canonicalJson({
      kind: decision.kind,
      incident: incident ?? '',
      planId: decision.plan.planId,
      findings: decision.findings.map(({ kind, target, harm }) => ({
        kind,
        target,
        harm: harm.map(({ consumerId, level }) => ({ consumerId, level })),
      })),
      verdicts: decision.verdicts.map((one) => ({
        verdict: one.verdict,
        stepId: one.step.stepId,
        reason: reasonOf(one),
      })),
    }),
  );
