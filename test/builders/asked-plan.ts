/** A store with a plan that waits for an answer, and a guardian whose API takes people's answers to it. */
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { assess } from '../../src/remediation/assess.ts';
import { type KeyObservation, present } from '../../src/remediation/model/facts.ts';
import { keyId } from '../../src/remediation/model/key-ref.ts';
import type { Decision, PolicySettings } from '../../src/remediation/policy/policy-types.ts';
import type { Store } from '../../src/store/store.ts';
import type { Caller } from '../../src/web/callers.ts';
import { lost } from './decision.ts';
import { inDays, NOW } from './observation.ts';
import { policyIn, REMEDIATION, someRecords } from './policy.ts';
import { fixedReach } from './reach.ts';

export const INCIDENT = 'incident-1';

/** A person with the role Approver. */
export const approver = (name: string): Caller => ({
  kind: 'person',
  objectId: `${name}-id`,
  name: `${name}@contoso.com`,
  roles: ['Approver'],
});

const settings = (policy: PolicySettings) => ({
  policy,
  remediation: REMEDIATION,
  reach: () => fixedReach({ named: ['/subscriptions/00000000-0000-0000-0000-000000000001'], excluded: [] }),
  vaultDomain: 'vault.azure.net',
  approval: { validity: 'P1D' },
  hasWebhook: false,
});

/** A guardian whose Azure shows the given observation of each key, and fails for a key without one. */
export const guardianSeeing = (
  store: Store,
  seen: (id: string) => KeyObservation | undefined,
  policy = policyIn('approve'),
): Guardian => {
  const observeKey: Guardian['azure']['observeKey'] = async (key) => {
    const observation = seen(keyId(key));
    if (observation === undefined) throw new Error('Azure shows nothing');
    return { ...observation, key };
  };
  return { store, settings: settings(policy), azure: { observeKey }, log: () => {} } as unknown as Guardian;
};

/** Records the ids of the keys that were woken. */
export const waking = (): { readonly durable: Durable; readonly woken: readonly string[] } => {
  const woken: string[] = [];
  const wake: Durable['wake'] = async (key) => {
    woken.push(keyId(key));
    return keyId(key);
  };
  return { durable: { wake } as unknown as Durable, woken };
};

/** The decision of the policy where every step asks. */
export const askedOf = (observation: KeyObservation): Decision =>
  assess(observation, present(someRecords()), { policy: policyIn('approve'), remediation: REMEDIATION }, NOW);

/** Records that the plan of this key is asked in its open incident, as an assess does. */
export const ask = async (store: Store, id: string, observation: KeyObservation = lost): Promise<string> => {
  const decision = askedOf(observation);
  const { planId, steps } = decision.plan;
  const at = inDays(-0.1);
  await store.incidents.record(id, {
    verdict: { at, decision, fingerprint: '' },
    opened: { id: INCIDENT, openedAt: at },
    asked: { planId, incident: INCIDENT, at, stepIds: steps.map(({ stepId }) => stepId), steps },
  });
  return planId;
};
