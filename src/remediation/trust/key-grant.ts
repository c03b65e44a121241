import type { ConsumerFacts, VaultFacts } from '../model/facts.ts';
import type { KeyPermission } from '../model/key-permission.ts';
import { neededBy } from '../observation/needed-permissions.ts';
import { usersAs } from '../observation/pins.ts';
import { stepIdOf } from '../steps/make-step.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import { RISKS } from '../steps/risk.ts';
import type { StepSpec } from '../steps/steps.ts';
import { type Admission, type AdmissionContext, admissionOf, policyOpensMore } from './admission.ts';

type May = Extract<Admission, { kind: 'may' }>;

/** All who use the key as this principal and may be let in: one grant serves them all. */
const servedBy = (principalId: string, vault: VaultFacts, context: AdmissionContext) =>
  usersAs(context.observation, principalId)
    .map((consumer) => ({ consumer, admission: admissionOf(consumer, principalId, vault, context) }))
    .filter((one): one is { readonly consumer: ConsumerFacts; readonly admission: May } => one.admission.kind === 'may')
    .sort((a, b) => (a.consumer.id.toLowerCase() < b.consumer.id.toLowerCase() ? -1 : 1));

/** The grant that gives a principal what its consumers need of this key; `undefined` where none of them may be let in. */
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
  return {
    spec: specOf(first.consumer, principalId, [...permissions].sort(), vault, context),
    risk: RISKS.findLast((risk) => admissions.some((one) => one.risk === risk)) ?? 'reversal',
    ...(asks !== undefined && { asks }),
  };
};

/** When this consumer was let in during this incident (ISO 8601), oldest first. */
export const grantedAt = ({ principalId }: ConsumerFacts, context: AdmissionContext): readonly string[] => {
  const { vault } = context.observation;
  const grants = (context.known.attempts ?? []).filter(
    ({ step, outcome }) => step === 'grantKeyAccess' && (outcome === 'done' || outcome === 'unknown'),
  );
  if (grants.length === 0 || principalId.kind !== 'present' || vault.kind !== 'present') return [];
  const grant = keyGrant(principalId.value, vault.value, context);
  const stepId = grant && stepIdOf(grant.spec);
  return grants
    .filter((one) => one.stepId === stepId)
    .map(({ at }) => at)
    .toSorted();
};

const specOf = (
  { id }: ConsumerFacts,
  principalId: string,
  permissions: readonly KeyPermission[],
  { id: vault, permissionModel: model, tenantId }: VaultFacts,
  { observation: { key } }: AdmissionContext,
): StepSpec => {
  const vaultId = vault.toLowerCase();
  return {
    kind: 'grantKeyAccess',
    target: vaultId,
    parameters: { vaultId, key, model, principalId, tenantId, permissions, consumerId: id.toLowerCase() },
  };
};
