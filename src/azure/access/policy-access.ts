import { type AccessPolicy, type Fact, present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyPermission } from '../../remediation/model/key-permission.ts';

const PERMISSIONS: readonly KeyPermission[] = ['get', 'list', 'unwrapKey', 'wrapKey'];

const allows = (keys: readonly string[], permission: KeyPermission): boolean =>
  keys.some((key) => ['all', permission.toLowerCase()].includes(key.toLowerCase()));

/** Key Vault takes tokens of its own tenant only, and an entry with an application is for a compound identity. */
const isFor = ({ tenantId }: VaultFacts, principalId: string, policy: AccessPolicy): boolean =>
  policy.applicationId === undefined &&
  policy.objectId.toLowerCase() === principalId.toLowerCase() &&
  policy.tenantId.toLowerCase() === tenantId.toLowerCase();

/**
 * What a principal may do with every key of a vault that uses access policies, by its own entry.
 */
export const policyAccess = (vault: VaultFacts, principalId: string): readonly KeyPermission[] => {
  const keys = vault.accessPolicies
    .filter((policy) => isFor(vault, principalId, policy))
    .flatMap((policy) => policy.keys);
  return PERMISSIONS.filter((permission) => allows(keys, permission));
};

/**
 * The same, or unknown where it lacks what it needs and another entry may give it that: an entry of nobody who is known (`known`:
 * object ids, lower-cased) may be a group's, which the vault does not tell, nor who is in it.
 */
export const policyAccessAmong = (
  vault: VaultFacts,
  principalId: string,
  { needed, known }: { readonly needed: readonly KeyPermission[]; readonly known: ReadonlySet<string> },
): Fact<readonly KeyPermission[]> => {
  const own = policyAccess(vault, principalId);
  const lacked = needed.filter((one) => !own.includes(one));
  const mayBeGroup = ({ applicationId, keys, objectId, tenantId }: AccessPolicy): boolean =>
    applicationId === undefined &&
    objectId !== principalId.toLowerCase() &&
    !known.has(objectId) &&
    tenantId.toLowerCase() === vault.tenantId.toLowerCase() &&
    lacked.some((one) => allows(keys, one));
  const group = vault.accessPolicies.find(mayBeGroup);
  return group === undefined
    ? present(own)
    : unknown(
        `whether ${principalId} may ${lacked.join(', ')} with the keys of ${vault.name} depends on whether the entry of ${group.objectId} in its access policies is that of a group with it as a member. Give it an entry of its own`,
      );
};
