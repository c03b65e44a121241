import type { Cloud, CloudOptions } from '../../../../local/cloud/cloud.ts';
import type { AccountProperties } from '../../../../local/cloud/storage/storage-account.ts';
import { sendAs } from '../arm/send-as.ts';
import { networkBody } from '../network/deployed-network.ts';
import { aCloud, named, subscriptionId } from '../sdk.ts';

export const GROUP = `/subscriptions/${subscriptionId}/resourceGroups/guardian`;
export const PLAN = `${GROUP}/providers/Microsoft.Web/serverfarms/plan-guardian`;
export const SITE = `${GROUP}/providers/Microsoft.Web/sites/contoso-guardian`;
export const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stguardian`;
export const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-guardian`;
export const SUBNET = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
export const VERSION = 'api-version=2023-12-01';

export const HOST_ROLES = [
  'Storage Blob Data Owner',
  'Storage Queue Data Contributor',
  'Storage Table Data Contributor',
] as const;

export const PLAN_BODY = {
  location: 'koreacentral',
  kind: 'functionapp',
  sku: { name: 'FC1', tier: 'FlexConsumption' },
  properties: { reserved: true, zoneRedundant: false },
};

/** The settings with which the host of a site reaches its storage as the identity of that client id. */
export const storageSettings = (clientId: string): Record<string, string> => ({
  AzureWebJobsStorage__blobServiceUri: 'https://stguardian.blob.core.windows.net',
  AzureWebJobsStorage__queueServiceUri: 'https://stguardian.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://stguardian.table.core.windows.net',
  AzureWebJobsStorage__credential: 'managedidentity',
  AzureWebJobsStorage__clientId: clientId,
  FUNCTIONS_EXTENSION_VERSION: '~4',
});

export const CONFIG = {
  deployment: {
    storage: {
      type: 'blobContainer',
      value: 'https://stguardian.blob.core.windows.net/app-package',
      authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: IDENTITY },
    },
  },
  runtime: { name: 'node', version: '22' },
  scaleAndConcurrency: {
    maximumInstanceCount: 40,
    instanceMemoryMB: 2048,
    alwaysReady: [
      { name: 'http', instanceCount: 1 },
      { name: 'function:on-key-vault-event', instanceCount: 1 },
    ],
  },
};

/** A network of its own for the site, whose subnet reaches storage by a service endpoint. */
export const NETWORK_BODY = networkBody({ services: ['Microsoft.Storage'] });

type Properties = Record<string, unknown>;

/** A site as infra/ puts it; `properties` go over its own. */
export const siteBody = (settings: Record<string, string>, properties: Properties = {}) => ({
  location: 'koreacentral',
  kind: 'functionapp,linux',
  identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } },
  properties: {
    serverFarmId: PLAN,
    httpsOnly: true,
    clientAffinityEnabled: false,
    functionAppConfig: CONFIG,
    siteConfig: {
      minTlsVersion: '1.2',
      appSettings: Object.entries(settings).map(([name, value]) => ({ name, value })),
    },
    ...properties,
  },
});

/** A cloud with the identity and the plan of a site; its owner is who deploys. */
export const aPlan = async (options: Partial<CloudOptions> = {}) =>
  planIn(await aCloud({ world: 'empty', ...options }));

export const planIn = async (cloud: Cloud) => {
  const { world } = cloud;
  world.managedIdentities.create({ subscription: subscriptionId, group: 'guardian', name: 'id-guardian' });
  const send = sendAs(cloud, named(cloud, 'owner'));
  const put = (id: string, body: unknown) => send('PUT', `${id}?${VERSION}`, body);
  const get = (id: string) => send('GET', `${id}?${VERSION}`);
  const post = (id: string, body: unknown = {}) => send('POST', `${id}?${VERSION}`, body);
  const principal = world.entra.managedIdentity(IDENTITY);
  await put(PLAN, PLAN_BODY);
  return {
    cloud,
    world,
    send,
    put,
    get,
    post,
    clientId: principal?.appId ?? '',
    principalId: principal?.objectId ?? '',
  };
};

/** Gives the site's identity these roles at the storage account. */
export const allow = ({ world, principalId }: Awaited<ReturnType<typeof aPlan>>, roles: readonly string[]): void => {
  for (const role of roles) world.rbac.assign({ scope: ACCOUNT, role, principalId });
};

/** The storage account of the site is there, with these properties. */
export const withAccount = (
  { world }: Pick<Awaited<ReturnType<typeof aPlan>>, 'world'>,
  more: Properties = {},
): void => {
  const place = { subscription: subscriptionId, group: 'guardian', name: 'stguardian', location: 'koreacentral' };
  const networkAcls: AccountProperties['networkAcls'] = {
    defaultAction: 'Allow',
    bypass: 'AzureServices',
    ipRules: [],
    virtualNetworkRules: [],
  };
  const properties: AccountProperties = { allowSharedKeyAccess: false, networkAcls, ...more };
  const sku = { name: 'Standard_LRS' };
  world.storage.create({ ...place, kind: 'StorageV2', sku, properties }).ready = true;
};
