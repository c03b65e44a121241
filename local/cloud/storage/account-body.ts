import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';
import type { AccountProperties } from './storage-account.ts';

const unread = z.unknown().optional();

/** Read-only properties, which Azure accepts unchecked: templates send back the properties that they read. */
const READ_ONLY = ['provisioningState', 'primaryEndpoints', 'primaryLocation', 'statusOfPrimary'].concat(
  ['secondaryEndpoints', 'secondaryLocation', 'statusOfSecondary', 'lastGeoFailoverTime', 'creationTime'],
  ['privateEndpointConnections', 'geoReplicationStats', 'failoverInProgress', 'keyCreationTime'],
  ['blobRestoreStatus', 'isSkuConversionBlocked', 'storageAccountSkuConversionStatus', 'accountMigrationInProgress'],
);

/** Kept as they are written; this cloud reads none of them. */
const UNREAD = ['accessTier', 'allowCrossTenantReplication', 'allowedCopyScope', 'defaultToOAuthAuthentication'].concat(
  ['azureFilesIdentityBasedAuthentication', 'customDomain', 'dnsEndpointType', 'dualStackEndpointPreference'],
  ['enableExtendedGroups', 'encryption', 'immutableStorageWithVersioning', 'isHnsEnabled', 'isLocalUserEnabled'],
  ['isNfsV3Enabled', 'isSftpEnabled', 'keyPolicy', 'largeFileSharesState', 'routingPreference', 'sasPolicy'],
);

const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, unread]));

const networkAcls = z.strictObject({
  bypass: z
    .string()
    .regex(/^(None|(Logging|Metrics|AzureServices)(, ?(Logging|Metrics|AzureServices))*)$/, {
      error: "is 'None', or 'Logging', 'Metrics' and 'AzureServices' with commas between",
    })
    .default('AzureServices'),
  defaultAction: z.enum(['Allow', 'Deny']),
  ipRules: z.array(z.strictObject({ value: z.string(), action: z.literal('Allow').optional() })).default([]),
  virtualNetworkRules: z
    .array(z.strictObject({ id: z.string(), action: z.literal('Allow').optional(), state: z.string().optional() }))
    .default([]),
  resourceAccessRules: unread,
  ipv6Rules: unread,
});

const properties = z.strictObject({
  allowSharedKeyAccess: z.boolean().nullish(),
  allowBlobPublicAccess: z.boolean().nullish(),
  minimumTlsVersion: z.enum(['TLS1_0', 'TLS1_1', 'TLS1_2', 'TLS1_3']).optional(),
  networkAcls: networkAcls.optional(),
  publicNetworkAccess: z.enum(['Enabled', 'Disabled', 'SecuredByPerimeter']).nullish(),
  supportsHttpsTrafficOnly: z.boolean().optional(),
  ...named(UNREAD),
  ...named(READ_ONLY),
});

const sku = z.strictObject({
  name: z.enum(
    ['Standard_LRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_ZRS', 'Premium_LRS'].concat([
      'Premium_ZRS',
      'Standard_GZRS',
      'Standard_RAGZRS',
    ]) as [string, ...string[]],
  ),
  tier: z.string().optional(),
});

const identity = z.strictObject({
  type: z.enum(['None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned']),
  userAssignedIdentities: z.record(z.string(), z.unknown()).optional(),
  principalId: unread,
  tenantId: unread,
});

const shared = {
  tags: TAGS.nullish(),
  identity: identity.nullish(),
  id: unread,
  name: unread,
  type: unread,
  systemData: unread,
};

export const accountPut = z.strictObject({
  ...shared,
  location: z.string(),
  kind: z.enum(['Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage']),
  sku,
  extendedLocation: unread,
  zones: unread,
  properties: properties.default({}),
});

export const accountPatch = z.strictObject({
  ...shared,
  location: z.string().optional(),
  kind: z.string().optional(),
  sku: sku.optional(),
  properties: properties.default({}),
});

type Written = z.infer<typeof properties>;

/** The properties as Azure completes them: open to every network, with access by keys. */
export const accountProperties = (written: Written, before: Partial<AccountProperties> = {}): AccountProperties => {
  const kept = Object.entries(written).filter(
    ([name, value]) => value !== undefined && value !== null && !READ_ONLY.includes(name),
  );
  return {
    minimumTlsVersion: 'TLS1_0',
    allowBlobPublicAccess: false,
    supportsHttpsTrafficOnly: true,
    accessTier: 'Hot',
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
    ...before,
    ...Object.fromEntries(kept),
  };
};
