import { attemptsOf } from '../model/attempts-by.ts';
import type { ConsumerFacts, VaultFacts } from '../model/facts.ts';
import type { KeyPermission } from '../model/key-permission.ts';
import { oncePer } from '../model/once-per.ts';
import type { Attempt } from '../model/records.ts';
import { materialFor } from '../observation/material.ts';
import { neededBy } from '../observation/needed-permissions.ts';
import { usersAs } from '../observation/pins.ts';
import { vaultIdentity } from '../observation/vault-identity.ts';
import { stepIdOf } from '../steps/make-step.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import { RISKS } from '../steps/risk.ts';
import { ASSIGNED_BY_PLAN } from '../steps/step-kinds/grant-key-access.ts';
import type { StepSpec } from '../steps/steps.ts';
import { type Admission, type AdmissionContext, admissionOf, policyOpensMore } from './admission.ts';
import { nameIn } from './assigned.ts';

type May = Extract<Admission, { kind: 'may' }>;

/** All consumers that use the key as this principal and may get access: one grant serves them all. */
const servedBy = (principalId: string, vault: VaultFacts, context: AdmissionContext) =>
  usersAs(context.observation, principalId)
    .map((consumer) => ({ consumer, admission: admissionOf(consumer, principalId, vault, context) }))
    .filter((one): one is { readonly consumer: ConsumerFacts; readonly admission: May } => one.admission.kind === 'may')
    .sort((a, b) => (a.consumer.id.toLowerCase() < b.consumer.id.toLowerCase() ? -1 : 1));

/**
 * The grant that gives a principal the permissions that its consumers need on this key; `undefined` where none of them may get
 * access.
 */
export const keyGrant = (
  principalId: string,
  vault: VaultFacts,
  context: AdmissionContext,
): OfferedStep | undefined => {
  const served = servedBy(principalId, vault, context);
  const [first] = served;
  if (first === undefined) return undefined;
  const permissions = new Set<KeyPermission>(served.flatMap(({ consumer }) => neededBy(consumer.kind) ?? []));
  const admissions = served.map(({ admission }) => admission);
  const asks = admissions.find((one) => one.asks !== undefined)?.asks ?? policyOpensMore(vault, context);
  const name = served.length === 1 ? nameIn(first.consumer, principalId, context.known) : principalId;
  return {
    spec: specOf(first.consumer, name, [...permissions].sort(), vault, context),
    risk: RISKS.findLast((risk) => admissions.some((one) => one.risk === risk)) ?? 'reversal',
    ...(asks !== undefined && { asks }),
    ...(name !== principalId && { assigned: principalId.toLowerCase() }),
  };
};

/**
 * The grant for a copy that has no identity yet: it names the identity that the plan assigns, so that one approval covers both
 * steps. `undefined` where the needs of the copy are not known.
 */
export const grantToBe = (
  consumer: ConsumerFacts,
  { asks: who, risk }: May,
  vault: VaultFacts,
  context: AdmissionContext,
): OfferedStep | undefined => {
  const permissions = neededBy(consumer.kind);
  const asks = who ?? policyOpensMore(vault, context);
  return (
    permissions && {
      spec: specOf(consumer, ASSIGNED_BY_PLAN, [...permissions].sort(), vault, context),
      risk,
      ...(asks !== undefined && { asks }),
    }
  );
};

const NONE: readonly Attempt[] = [];

const grantsIn = oncePer((attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.filter(({ step, outcome }) => step === 'grantKeyAccess' && (outcome === 'done' || outcome === 'unknown')),
);

/** When this consumer got access by a step of this incident (ISO 8601), oldest first. */
export const grantedAt = ({ principalId }: ConsumerFacts, context: AdmissionContext): readonly string[] => {
  const { vault } = context.observation;
  const grants = grantsIn(context.known.attempts ?? NONE);
  if (grants.length === 0 || principalId.kind !== 'present' || vault.kind !== 'present') return [];
  const grant = keyGrant(principalId.value, vault.value, context);
  const stepId = grant && stepIdOf(grant.spec);
  return attemptsOf(grants, stepId ?? '')
    .map(({ at }) => at)
    .toSorted();
};

const specOf = (
  consumer: ConsumerFacts,
  principalId: string,
  permissions: readonly KeyPermission[],
  { permissionModel: model, tenantId }: VaultFacts,
  { observation, known }: AdmissionContext,
): StepSpec => {
  const its = { ...vaultIdentity(observation, known), ...materialFor(consumer, { observation, known }) };
  const consumerId = consumer.id.toLowerCase();
  const { key } = observation;
  return {
    kind: 'grantKeyAccess',
    target: its.vaultId,
    parameters: { ...its, key, model, principalId, tenantId, permissions, consumerId },
  };
};
