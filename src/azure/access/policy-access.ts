import { type AccessPolicy, type Fact, present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyPermission } from '../../remediation/model/key-permission.ts';
import { oncePer } from '../../remediation/model/once-per.ts';

const PERMISSIONS: readonly KeyPermission[] = ['get', 'list', 'unwrapKey', 'wrapKey'];

const allows = (keys: readonly string[], permission: KeyPermission): boolean =>
  keys.some((key) => ['all', permission.toLowerCase()].includes(key.toLowerCase()));

/** Key Vault accepts tokens of its own tenant only. An entry with an application is for a compound identity. */
const counts = ({ tenantId }: VaultFacts, policy: AccessPolicy): boolean =>
  policy.applicationId === undefined && policy.tenantId.toLowerCase() === tenantId.toLowerCase();

/** The entries of a vault that count, by the principal's object id (lower case): each of its keys asks for one of them. */
const entriesOf = oncePer((vault: VaultFacts) =>
  Map.groupBy(
    vault.accessPolicies.filter((policy) => counts(vault, policy)),
    ({ objectId }) => objectId.toLowerCase(),
  ),
);

/** A principal's permissions on all keys of a vault with access policies, by the principal's own entry. */
export const policyAccess = (vault: VaultFacts, principalId: string): readonly KeyPermission[] => {
  const keys = (entriesOf(vault).get(principalId.toLowerCase()) ?? []).flatMap((policy) => policy.keys);
  return PERMISSIONS.filter((permission) => allows(keys, permission));
};

/**
 * Like `policyAccess`, but unknown where the principal lacks a permission that another entry may give it. An entry for
 * an object id that is not among `known` (lower case) may be for a group: the vault shows neither that nor the members.
 */
export const policyAccessAmong = (
  vault: VaultFacts,
  principalId: string,
  { needed, known }: { readonly needed: readonly KeyPermission[]; readonly known: ReadonlySet<string> },
): Fact<readonly KeyPermission[]> => {
  const own = policyAccess(vault, principalId);
  const lacked = needed.filter((one) => !own.includes(one));
  if (lacked.length === 0) return present(own);
  const mayBeGroup = (policy: AccessPolicy): boolean =>
    counts(vault, policy) &&
    policy.objectId !== principalId.toLowerCase() &&
    !known.has(policy.objectId) &&
    lacked.some((one) => allows(policy.keys, one));
  const group = vault.accessPolicies.find(mayBeGroup);
  return group === undefined
    ? present(own)
    : unknown(
        `whether ${principalId} may ${lacked.join(', ')} with the keys of ${vault.name} depends on whether the entry of ${group.objectId} in its access policies is that of a group with it as a member. Give it an entry of its own`,
      );
};
