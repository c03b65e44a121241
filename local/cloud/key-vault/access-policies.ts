import type { AccessPolicy, Permissions } from './vault.ts';

/** The three operations of `PUT …/vaults/{vault}/accessPolicies/{operation}`. */
export type PolicyOperation = 'add' | 'replace' | 'remove';

const KINDS = ['keys', 'secrets', 'certificates', 'storage'] as const;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const has = (list: string[], permission: string) => list.some((one) => same(one, permission));

/** Azure keeps one entry per tenant, object and (for compound identities) application. */
const sameIdentity = (a: AccessPolicy, b: AccessPolicy) =>
  same(a.tenantId, b.tenantId) && same(a.objectId, b.objectId) && same(a.applicationId ?? '', b.applicationId ?? '');

const mapPermissions = (a: Permissions, b: Permissions, merge: (ours: string[], theirs: string[]) => string[]) => {
  const merged: Permissions = {};
  for (const kind of KINDS) if (a[kind] || b[kind]) merged[kind] = merge(a[kind] ?? [], b[kind] ?? []);
  return merged;
};

const union = (ours: string[], theirs: string[]) => [...ours, ...theirs.filter((one) => !has(ours, one))];
const without = (ours: string[], theirs: string[]) => ours.filter((one) => !has(theirs, one));
const isEmpty = (permissions: Permissions) => KINDS.every((kind) => !permissions[kind]?.length);

const merge = (operation: PolicyOperation, entry: AccessPolicy, change: AccessPolicy): AccessPolicy[] => {
  if (operation === 'replace') return [change];
  if (operation === 'add')
    return [{ ...entry, permissions: mapPermissions(entry.permissions, change.permissions, union) }];
  if (isEmpty(change.permissions)) return [];
  const rest = mapPermissions(entry.permissions, change.permissions, without);
  return isEmpty(rest) ? [] : [{ ...entry, permissions: rest }];
};

/**
 * `add` joins permissions into the identity's entry, `replace` puts the new entry in its place, `remove` takes the named
 * permissions away, and the entry with its last one. Entries of other identities stay as they are. (That `replace` touches
 * one identity only is how Terraform's provider uses it; the reference does not say.)
 */
export const mergePolicies = (policies: AccessPolicy[], operation: PolicyOperation, changes: AccessPolicy[]) =>
  changes.reduce((list, change) => {
    if (list.some((entry) => sameIdentity(entry, change)))
      return list.flatMap((entry) => (sameIdentity(entry, change) ? merge(operation, entry, change) : [entry]));
    return operation === 'remove' ? list : list.concat(change);
  }, policies);

/**
 * Whether a policy gives an identity, or a group that it is in, a permission on keys; the casing of permissions carries no
 * meaning.
 */
export const policyAllows = (
  policies: AccessPolicy[],
  identity: { objectId: string; tenantId: string; groups?: string[] },
  permission: string,
) =>
  policies.some(
    (entry) =>
      [identity.objectId, ...(identity.groups ?? [])].some((id) => same(entry.objectId, id)) &&
      same(entry.tenantId, identity.tenantId) &&
      !entry.applicationId &&
      (has(entry.permissions.keys ?? [], permission) || has(entry.permissions.keys ?? [], 'all')),
  );
