import type { AccessPolicy, VaultFacts } from '../../remediation/model/facts.ts';
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
 * What a principal may do with every key of a vault that uses access policies, by its own entry. An entry may be a
 * group's, which the vault does not tell: what a principal has through a group is not counted.
 */
export const policyAccess = (vault: VaultFacts, principalId: string): readonly KeyPermission[] => {
  const keys = vault.accessPolicies
    .filter((policy) => isFor(vault, principalId, policy))
    .flatMap((policy) => policy.keys);
  return PERMISSIONS.filter((permission) => allows(keys, permission));
};
