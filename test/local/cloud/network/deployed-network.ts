import { productId, subscriptionId } from '../../../../local/cloud/worlds/product.ts';
import { sendAs } from '../arm/send-as.ts';
import { aVault, GROUP, VAULT } from '../key-vault/vault-cloud.ts';
import { named } from '../sdk.ts';

export const PROVIDERS = `/subscriptions/${subscriptionId}/resourceGroups/${GROUP}/providers`;
export const NETWORK = `${PROVIDERS}/Microsoft.Network/virtualNetworks/vnet`;
export const APP = `${NETWORK}/subnets/app`;
export const ENDPOINTS = `${NETWORK}/subnets/endpoints`;
export const ENDPOINT = `${PROVIDERS}/Microsoft.Network/privateEndpoints/pe-vault`;
export const ZONE = `${PROVIDERS}/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net`;

const V = 'api-version=2024-01-01';
export const at = (id: string, version = V) => `${id}?${version}`;

export const delegation = (serviceName: string) => [{ name: 'flex', properties: { serviceName } }];
const flex = delegation('Microsoft.App/environments');

/** The network of a deployment: the subnet of the app, with service endpoints or without, and one for private endpoints. */
export const networkBody = ({ services = ['Microsoft.KeyVault'] }: { services?: string[] } = {}) => ({
  location: 'koreacentral',
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/24'] },
    subnets: [
      {
        name: 'app',
        properties: {
          addressPrefix: '10.60.0.0/26',
          delegations: flex,
          serviceEndpoints: services.map((service) => ({ service, locations: ['*'] })),
        },
      },
      { name: 'endpoints', properties: { addressPrefix: '10.60.0.64/26', privateEndpointNetworkPolicies: 'Disabled' } },
    ],
  },
});

export const endpointBody = (vaultId: string, list = 'privateLinkServiceConnections') => ({
  location: 'koreacentral',
  properties: {
    subnet: { id: ENDPOINTS },
    [list]: [{ name: 'vault', properties: { privateLinkServiceId: vaultId, groupIds: ['vault'] } }],
  },
});

export const linkBody = (resolutionPolicy?: string, network = NETWORK) => ({
  location: 'global',
  properties: {
    registrationEnabled: false,
    virtualNetwork: { id: network },
    ...(resolutionPolicy && { resolutionPolicy }),
  },
});

export const groupBody = {
  properties: { privateDnsZoneConfigs: [{ name: 'vault', properties: { privateDnsZoneId: ZONE } }] },
};

/** A closed vault with a key, and the product, which may read it and stands in the subnet of the app. */
export const aClosedVaultWithNetwork = async (network = networkBody()) => {
  const cloud = await aVault({
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] },
  });
  const { world, product, vault } = cloud;
  const get = { tenantId: world.entra.tenantId, objectId: product.objectId, permissions: { keys: ['get'] } };
  world.keyVault.changePolicies(VAULT, 'add', [get]);
  world.keyVault.createKey(VAULT, 'cmk');
  const send = sendAs(cloud.cloud, named(cloud.cloud, 'owner'));
  await send('PUT', at(NETWORK), network);
  world.network.join(productId, APP);
  const putEndpoint = async () => {
    const endpoint = await send('PUT', at(ENDPOINT), endpointBody(vault.id));
    await send('PUT', at(ZONE, 'api-version=2020-06-01'), { location: 'global' });
    const group = await send('PUT', at(`${ENDPOINT}/privateDnsZoneGroups/default`), groupBody);
    return [endpoint.status, group.status];
  };
  const link = (policy?: string) =>
    send('PUT', at(`${ZONE}/virtualNetworkLinks/vnet`, 'api-version=2024-06-01'), linkBody(policy));
  const read = () => cloud.keysAs(product).getKey('cmk');
  return { ...cloud, send, putEndpoint, link, read };
};
