import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { emulatorOf } from '../../../../local/azurite.ts';
import type { Cloud, CloudOptions } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import { runStorage } from '../../../run/ground.ts';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

export const ACCOUNT = 'stguardian';
export const ACCOUNT_ID = `/subscriptions/${subscriptionId}/resourceGroups/guardian/providers/Microsoft.Storage/storageAccounts/${ACCOUNT}`;
export const VERSION = '2023-05-01';
export const DAY = 86_400_000;

const emulator = emulatorOf(runStorage());

type Properties = Record<string, unknown>;

export const accountBody = (properties: Properties = {}) => ({
  location: 'koreacentral',
  kind: 'StorageV2',
  sku: { name: 'Standard_ZRS' },
  properties,
});

/**
 * A cloud with storage accounts that hold no data, and requests of its owner to Resource Manager, at the version that OpenTofu's
 * provider has.
 */
export const aStorageCloud = async (options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud(options);
  const send = sendAs(cloud, named(cloud, 'owner'));
  const arm = (method: Parameters<typeof send>[0], path = '', body?: unknown) =>
    send(method, `${ACCOUNT_ID}${path}?api-version=${VERSION}`, body);
  return { cloud, arm };
};

/** The same with an account whose hosts resolve, and a principal without any role. */
export const anAccount = async (properties: Properties = {}, options: Partial<CloudOptions> = {}) => {
  const { cloud, arm } = await aStorageCloud({ emulator, ...options });
  await arm('PUT', '', accountBody({ allowSharedKeyAccess: false, ...properties }));
  await cloud.world.clock.advance(20_000);
  const app = cloud.world.entra.createServicePrincipal({ name: 'app' });
  const give = (role: string, scope = ACCOUNT_ID) =>
    cloud.world.rbac.assign({ scope, role, principalId: app.objectId });
  return { cloud, arm, app, give, ...clientsOf(cloud, app) };
};

/** The real clients of storage, signed in as a principal. */
export const clientsOf = (cloud: Cloud, principal: Principal) => {
  const http = throughProxy(cloud);
  const credential = credentialOf(cloud, principal);
  const blobs = new BlobServiceClient(`https://${ACCOUNT}.blob.core.windows.net`, credential, {
    ...http,
    retryOptions: { maxTries: 1 },
  });
  const at = `https://${ACCOUNT}.table.core.windows.net`;
  return {
    blobs,
    tables: new TableServiceClient(at, credential, http),
    table: (name: string) => new TableClient(at, name, credential, http),
  };
};
