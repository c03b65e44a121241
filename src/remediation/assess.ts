import { standingAttempts } from './attempts.ts';
import { diagnose } from './diagnose.ts';
import type { Fact, KeyObservation } from './facts.ts';
import { plan } from './plan.ts';
import { decide } from './policy.ts';
import type { Decision, PolicyRecords, PolicySettings } from './policy-types.ts';
import type { RemediationSettings } from './settings.ts';

/** The product's thinking in one line: what is wrong with this key, what would repair it, and what policy says to that. */
export const assess = (
  observation: KeyObservation,
  records: Fact<PolicyRecords>,
  settings: { readonly remediation: RemediationSettings; readonly policy: PolicySettings },
  now: Date,
): Decision => {
  const findings = diagnose(observation, now, settings.remediation);
  const attempts = records.kind === 'present' ? standingAttempts(records.value) : [];
  const repairs = plan(findings, observation, settings.remediation, attempts);
  return decide(repairs, { findings, observation, settings: settings.policy, records, now });
};
