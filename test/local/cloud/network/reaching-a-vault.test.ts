import { KeyClient } from '@azure/keyvault-keys';
import { describe, expect, it } from 'vitest';
import type { NetworkAcls } from '../../../../local/cloud/key-vault/vault.ts';
import { productId } from '../../../../local/cloud/worlds/product.ts';
import { GROUP, refusal, VAULT } from '../key-vault/vault-cloud.ts';
import { named, subscriptionId, throughProxy } from '../sdk.ts';
import {
  APP,
  aClosedVaultWithNetwork,
  at,
  ENDPOINT,
  ENDPOINTS,
  endpointBody,
  groupBody,
  linkBody,
  NETWORK,
  networkBody,
  PROVIDERS,
  ZONE,
} from './deployed-network.ts';

const FIREWALL = refusal(403, 'Forbidden', 'ForbiddenByFirewall');
const CONNECTION = refusal(403, 'Forbidden', 'ForbiddenByConnection');
const closed: NetworkAcls = { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] };
const UNREACHABLE = { code: expect.stringMatching(/REQUEST_SEND_ERROR|ECONNRESET/) };

describe('an app in a subnet, before a closed vault', () => {
  it('passes where the vault names the subnet and the subnet has the service endpoint, and nobody else does', async () => {
    const { world, read, keysAs, officer } = await aClosedVaultWithNetwork();
    await expect(read()).rejects.toMatchObject({ ...FIREWALL, message: expect.stringContaining('10.60.0.4') });
    world.keyVault.updateVault(VAULT, { networkAcls: { ...closed, virtualNetworkRules: [{ id: APP }] } });
    await expect(read()).resolves.toMatchObject({ name: 'cmk' });
    await expect(keysAs(officer).getKey('cmk')).rejects.toMatchObject(FIREWALL);
    world.network.join(productId, undefined);
    await expect(read()).rejects.toMatchObject(FIREWALL);
  });

  it('is refused where the subnet has no service endpoint for vaults, or public access is disabled', async () => {
    const { world, read } = await aClosedVaultWithNetwork(networkBody({ services: ['Microsoft.Storage'] }));
    const networkAcls = { ...closed, virtualNetworkRules: [{ id: APP }] };
    world.keyVault.updateVault(VAULT, { networkAcls });
    await expect(read()).rejects.toMatchObject({ ...FIREWALL, message: expect.stringContaining('203.0.113.10') });
    world.keyVault.updateVault(VAULT, { networkAcls, publicNetworkAccess: 'Disabled' });
    await expect(read()).rejects.toMatchObject(CONNECTION);
  });

  it('passes by a private endpoint whose zone is linked to its network, even without public access', async () => {
    const { world, read, putEndpoint, link } = await aClosedVaultWithNetwork();
    world.keyVault.updateVault(VAULT, { publicNetworkAccess: 'Disabled' });
    expect(await putEndpoint()).toEqual([201, 201]);
    await expect(read()).rejects.toMatchObject(CONNECTION);
    expect(await link()).toMatchObject({ status: 201 });
    await expect(read()).resolves.toMatchObject({ name: 'cmk' });
  });

  it('finds nobody where the linked zone does not know the vault, unless the link asks public DNS then', async () => {
    const { read, putEndpoint, link, send } = await aClosedVaultWithNetwork();
    await putEndpoint();
    await link();
    await send('DELETE', at(`${ENDPOINT}/privateDnsZoneGroups/default`));
    await expect(read()).rejects.toMatchObject(UNREACHABLE);
    await link('NxDomainRedirect');
    await expect(read()).rejects.toMatchObject(FIREWALL);
  });

  it('asks public DNS for a vault without private endpoint, whatever zones are linked', async () => {
    const { read, putEndpoint, link, send } = await aClosedVaultWithNetwork();
    await putEndpoint();
    await link();
    await send('DELETE', at(ENDPOINT));
    await expect(read()).rejects.toMatchObject(FIREWALL);
  });

  it('reaches an endpoint in another network only where both have a peering', async () => {
    const { read, putEndpoint, link, send, world } = await aClosedVaultWithNetwork();
    const spoke = `${PROVIDERS}/Microsoft.Network/virtualNetworks/spoke`;
    const body = networkBody();
    await send('PUT', at(spoke), {
      ...body,
      properties: { ...body.properties, addressSpace: { addressPrefixes: ['10.60.0.0/16'] } },
    });
    await putEndpoint();
    await link();
    await send('PUT', at(`${ZONE}/virtualNetworkLinks/spoke`, 'api-version=2020-06-01'), linkBody(undefined, spoke));
    world.network.join(productId, `${spoke}/subnets/app`);
    await expect(read()).rejects.toMatchObject(UNREACHABLE);
    const peer = (from: string, to: string) =>
      send('PUT', at(`${from}/virtualNetworkPeerings/other`), { properties: { remoteVirtualNetwork: { id: to } } });
    expect(await peer(spoke, NETWORK)).toMatchObject({ body: { properties: { peeringState: 'Initiated' } } });
    await expect(read()).rejects.toMatchObject(UNREACHABLE);
    expect(await peer(NETWORK, spoke)).toMatchObject({ body: { properties: { peeringState: 'Connected' } } });
    await expect(read()).resolves.toMatchObject({ name: 'cmk' });
    expect(world.network.joined(ENDPOINTS)).toEqual([]);
  });
});

describe('a user-assigned identity', () => {
  it('comes from where the app stands that got its token, and from the public address elsewhere', async () => {
    const { world, cloud } = await aClosedVaultWithNetwork();
    const identity = world.managedIdentities.create({
      subscription: subscriptionId,
      group: GROUP,
      name: 'guardian',
      location: 'koreacentral',
    });
    const principal = world.entra.managedIdentity(identity.id) ?? named(cloud, 'nobody');
    const get = { tenantId: world.entra.tenantId, objectId: principal.objectId, permissions: { keys: ['get'] } };
    world.keyVault.changePolicies(VAULT, 'add', [get]);
    world.keyVault.updateVault(VAULT, { networkAcls: { ...closed, virtualNetworkRules: [{ id: APP }] } });
    const readHeldBy = (holder?: string) => {
      const getToken = async () => ({
        token: await world.entra.issue({ principal, audience: 'https://vault.azure.net', ...(holder && { holder }) }),
        expiresOnTimestamp: Date.now(),
      });
      return new KeyClient(`https://${VAULT}.vault.azure.net`, { getToken }, throughProxy(cloud)).getKey('cmk');
    };
    await expect(readHeldBy(productId)).resolves.toMatchObject({ name: 'cmk' });
    await expect(readHeldBy()).rejects.toMatchObject(FIREWALL);
  });
});

describe('a connection that waits for approval', () => {
  it('lets nobody pass until whoever owns the vault has approved it, and no more once it is rejected', async () => {
    const { send, vault, read, link } = await aClosedVaultWithNetwork();
    await send('PUT', at(ENDPOINT), endpointBody(vault.id, 'manualPrivateLinkServiceConnections'));
    const connections = `${vault.id}/privateEndpointConnections`;
    const version = 'api-version=2023-07-01';
    expect(await send('GET', at(connections, version))).toMatchObject({
      body: {
        value: [{ name: 'pe-vault.vault', properties: { privateLinkServiceConnectionState: { status: 'Pending' } } }],
      },
    });
    const decide = (status: string) =>
      send('PUT', at(`${connections}/pe-vault.vault`, version), {
        properties: { privateLinkServiceConnectionState: { status, description: 'by the owner' } },
      });
    await expect(read()).rejects.toMatchObject(FIREWALL);
    expect(await decide('Approved')).toMatchObject({ status: 200 });
    await send('PUT', at(ZONE, 'api-version=2020-06-01'), { location: 'global' });
    await send('PUT', at(`${ENDPOINT}/privateDnsZoneGroups/default`), groupBody);
    await link();
    await expect(read()).resolves.toMatchObject({ name: 'cmk' });
    expect(await send('GET', at(vault.id, version))).toMatchObject({
      body: {
        properties: {
          privateEndpointConnections: [{ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }],
        },
      },
    });
    await decide('Rejected');
    await expect(read()).rejects.toMatchObject(FIREWALL);
  });
});
