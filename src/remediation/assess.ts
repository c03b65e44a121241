import { standingAttempts } from './attempts.ts';
import { diagnose } from './diagnose.ts';
import type { Fact, KeyObservation } from './facts.ts';
import { keyId } from './key-ref.ts';
import { withoutStrangers } from './lineage.ts';
import { nextLook } from './next-look.ts';
import { plan } from './plan.ts';
import { decide } from './policy.ts';
import type { Decision, PolicyRecords, PolicySettings } from './policy-types.ts';
import type { Known } from './rule.ts';
import type { RemediationSettings } from './settings.ts';

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
