import { ACCOUNT_TYPE, endpointOf, SERVICES, type StorageAccount } from './storage-account.ts';

/** A storage account as 2023-05-01 and later write it. */
export const accountJson = (
  account: StorageAccount,
  connections: readonly unknown[],
  principal?: { objectId: string; tenantId: string },
) => {
  const { id, name, location, kind, sku, tags, properties, createdAt, ready, identity } = account;
  const creationTime = new Date(createdAt).toISOString();
  const owned = identity && {
    ...identity,
    ...(principal && { principalId: principal.objectId, tenantId: principal.tenantId }),
  };
  return {
    id,
    name,
    type: ACCOUNT_TYPE,
    location,
    kind,
    sku: { ...sku, tier: sku.name.split('_')[0] },
    tags,
    ...(owned && { identity: owned }),
    properties: {
      ...properties,
      provisioningState: ready ? 'Succeeded' : 'ResolvingDNS',
      primaryLocation: location,
      statusOfPrimary: 'available',
      creationTime,
      keyCreationTime: { key1: creationTime, key2: creationTime },
      privateEndpointConnections: connections,
      primaryEndpoints: Object.fromEntries(SERVICES.map((service) => [service, endpointOf(account, service)])),
    },
  };
};
