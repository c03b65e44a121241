import type { ConsumerKind, KeyPermission } from '../model/facts.ts';

/**
 * What each kind of consumer needs of its key, sorted: exactly this is ever granted. A flexible server also lists
 * (learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key, …/virtual-machines/disk-encryption).
 */
export const NEEDED_PERMISSIONS: Readonly<Record<ConsumerKind, readonly KeyPermission[]>> = {
  mysqlSingleServer: ['get', 'unwrapKey', 'wrapKey'],
  mysqlFlexibleServer: ['get', 'list', 'unwrapKey', 'wrapKey'],
  diskEncryptionSet: ['get', 'unwrapKey', 'wrapKey'],
};

/** What such a consumer needs and these permissions lack. */
export const missingPermissions = (
  kind: ConsumerKind,
  permissions: readonly KeyPermission[],
): readonly KeyPermission[] => NEEDED_PERMISSIONS[kind].filter((needed) => !permissions.includes(needed));
