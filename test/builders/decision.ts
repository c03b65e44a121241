import { diagnose } from '../../src/remediation/diagnosis/diagnose.ts';
import { type Fact, type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import type { PolicyRecords } from '../../src/remediation/model/records.ts';
import type { Plan } from '../../src/remediation/plan/plan.ts';
import { plan } from '../../src/remediation/plan/plan.ts';
import { decide } from '../../src/remediation/policy/policy.ts';
import type { Decision, PolicySettings } from '../../src/remediation/policy/policy-types.ts';
import type { Risk } from '../../src/remediation/steps/risk.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, NOW, V1 } from './observation.ts';
import { REMEDIATION, someRecords } from './policy.ts';

export const expired = aVersion(V1, { expiresOn: inDays(-1) });
export const down = aSingleServer('orders', { state: inaccessible });

/** A single server lost by an expired key: the plan extends the key, and then revalidates the server. */
export const lost: KeyObservation = anObservation([expired], [down]);

export const planFor = (observation: KeyObservation): Plan =>
  plan(diagnose(observation, NOW, REMEDIATION), observation, REMEDIATION);

/** The policy's decision on an observation; `risk` replaces the risk of each step. */
export const decisionOn = (
  observation: KeyObservation,
  settings: PolicySettings,
  records: Fact<PolicyRecords> = present(someRecords()),
  risk?: Risk,
): Decision => {
  const findings = diagnose(observation, NOW, REMEDIATION);
  const { steps, ...rest } = planFor(observation);
  const asRisky = { ...rest, steps: steps.map((step) => ({ ...step, risk: risk ?? step.risk })) };
  return decide(asRisky, { findings, observation, settings, records, now: NOW });
};

export const verdictsOn = (...situation: Parameters<typeof decisionOn>): readonly string[] =>
  decisionOn(...situation).verdicts.map(({ verdict }) => verdict);

/** The reason why each step does not run; the authority by which it runs, where it does. */
export const whysOn = (...situation: Parameters<typeof decisionOn>): readonly string[] =>
  decisionOn(...situation).verdicts.map((verdict) => ('why' in verdict ? verdict.why : verdict.authority.kind));
