import { diagnose } from './diagnosis/diagnose.ts';
import type { Fact, KeyObservation } from './model/facts.ts';
import { keyId } from './model/key-ref.ts';
import type { Known } from './model/known.ts';
import type { PolicyRecords } from './model/records.ts';
import type { RemediationSettings } from './model/settings.ts';
import { plan } from './plan/plan.ts';
import { standingAttempts } from './policy/attempts.ts';
import { nextLook } from './policy/next-look.ts';
import { decide } from './policy/policy.ts';
import type { Decision, PolicySettings } from './policy/policy-types.ts';
import { withoutStrangers } from './trust/lineage.ts';

const noteOn = ({ key, consumers }: KeyObservation): readonly string[] =>
  consumers.kind === 'present' && consumers.value.length === 0
    ? [`Nothing in scope uses ${keyId(key)}: there is nothing to heal.`]
    : [];

/** The product's thinking in one line: what is wrong with this key, what would repair it, and what policy says to that. */
export const assess = (
  observation: KeyObservation,
  records: Fact<PolicyRecords>,
  settings: { readonly remediation: RemediationSettings; readonly policy: PolicySettings },
  now: Date,
  known: Known = {},
): Decision => {
  const findings = diagnose(observation, now, settings.remediation, known);
  const attempts = records.kind === 'present' ? standingAttempts(records.value) : [];
  const requests = records.kind === 'present' ? records.value.requests : [];
  const ours = withoutStrangers(observation, known);
  const repairs = plan(findings, observation, settings.remediation, { attempts, known, requests });
  const { baseline } = known;
  const decision = decide(repairs, { findings, observation: ours, settings: settings.policy, records, now, baseline });
  const lookAgainAt = nextLook(decision, now);
  return { ...decision, notes: [...decision.notes, ...noteOn(observation)], ...(lookAgainAt && { lookAgainAt }) };
};
