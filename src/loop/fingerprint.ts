import { canonicalJson, sha256 } from '../remediation/canonical.ts';
import type { Decision } from '../remediation/policy-types.ts';

/** SHA-256 of what a verdict says, without its times and sentences: the same verdict is entered and notified once. */
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
      verdicts: decision.verdicts.map(({ verdict, step }) => ({ verdict, stepId: step.stepId })),
    }),
  );
