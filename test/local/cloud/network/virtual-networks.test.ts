import { describe, expect, it } from 'vitest';
import { refuseSubnet } from '../../../../local/cloud/network/join-subnet.ts';
import { sendAs } from '../arm/send-as.ts';
import {
  APP,
  aClosedVaultWithNetwork,
  at,
  delegation,
  ENDPOINT,
  ENDPOINTS,
  endpointBody,
  linkBody,
  NETWORK,
  networkBody,
  PROVIDERS,
  ZONE,
} from './deployed-network.ts';

const refused = (status: number, code: string) => ({ status, body: { error: { code } } });
const DNS = 'api-version=2024-06-01';

/** A subnet put by itself. */
const subnet = (addressPrefix: string, more: Record<string, unknown> = {}) => ({
  properties: { addressPrefix, ...more },
});

describe('a virtual network', () => {
  it('shows its subnets with what Azure adds, can be put back as it was read, and is listed', async () => {
    const { send } = await aClosedVaultWithNetwork();
    const { body } = await send('GET', at(NETWORK));
    expect(body).toMatchObject({
      type: 'Microsoft.Network/virtualNetworks',
      properties: { provisioningState: 'Succeeded', subnets: [{ id: APP, name: 'app' }, { id: ENDPOINTS }] },
    });
    expect(await send('PUT', at(NETWORK), body)).toEqual(expect.objectContaining({ status: 200, body }));
    const networks = `${PROVIDERS}/Microsoft.Network/virtualNetworks`;
    expect(await send('GET', at(networks))).toMatchObject({ body: { value: [{ name: 'vnet' }] } });
    expect(await send('GET', at(`${NETWORK}/subnets`))).toMatchObject({
      body: { value: [{ name: 'app' }, { name: 'endpoints' }] },
    });
    expect(await send('PATCH', at(NETWORK), { tags: { made: 'here' } })).toMatchObject({
      body: { tags: { made: 'here' } },
    });
  });

  it('loses a subnet that its next PUT leaves out, unless somebody stands in it, and keeps all where it says nothing', async () => {
    const { send } = await aClosedVaultWithNetwork();
    expect(await send('PUT', at(`${NETWORK}/subnets/more`), subnet('10.60.0.128/26'))).toMatchObject({ status: 201 });
    const { location, properties } = networkBody();
    const { subnets, ...silent } = properties;
    expect(await send('PUT', at(NETWORK), { location, properties: silent })).toMatchObject({ status: 200 });
    expect(await send('GET', at(`${NETWORK}/subnets/more`))).toMatchObject({ status: 200 });
    expect(await send('PUT', at(NETWORK), networkBody())).toMatchObject({ status: 200 });
    expect(await send('GET', at(`${NETWORK}/subnets/more`))).toMatchObject({ status: 404 });
    const withoutApp = { location, properties: { ...silent, subnets: subnets.slice(1) } };
    expect(await send('PUT', at(NETWORK), withoutApp)).toMatchObject(refused(400, 'InUseSubnetCannotBeDeleted'));
    expect(await send('DELETE', at(APP))).toMatchObject(refused(400, 'InUseSubnetCannotBeDeleted'));
    expect(await send('DELETE', at(NETWORK))).toMatchObject(refused(400, 'InUseSubnetCannotBeDeleted'));
  });

  it.each([
    ['outside its address space', '10.61.0.0/26', 'NetcfgInvalidSubnet'],
    ['that overlaps with another', '10.60.0.32/27', 'NetcfgSubnetRangesOverlap'],
    ['that does not begin at a block', '10.60.0.130/26', 'InvalidCIDRNotation'],
  ])('has no subnet %s', async (_, prefix, code) => {
    const { send } = await aClosedVaultWithNetwork();
    expect(await send('PUT', at(`${NETWORK}/subnets/more`), subnet(prefix))).toMatchObject(refused(400, code));
  });

  it('knows no property that Azure does not know, wherever it stands', async () => {
    const { send } = await aClosedVaultWithNetwork();
    const endpoints = { serviceEndpoints: [{ service: 'Microsoft.KeyVault', regions: ['*'] }] };
    expect(await send('PUT', at(`${NETWORK}/subnets/more`), subnet('10.60.0.128/26', endpoints))).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('regions') } },
    });
    expect(await send('PUT', at(NETWORK), { ...networkBody(), sku: 'x' })).toMatchObject({ status: 400 });
    const { location: _location, ...unplaced } = networkBody();
    expect(await send('PUT', at(NETWORK), unplaced)).toMatchObject({ status: 400 });
    expect(await send('PUT', at(NETWORK), { ...networkBody(), location: 'koreasouth' })).toMatchObject(
      refused(409, 'InvalidResourceLocation'),
    );
    expect(
      await send('PUT', at(`${PROVIDERS}/Microsoft.Network/virtualNetworks/none/subnets/app`), subnet('10.0.0.0/26')),
    ).toMatchObject(refused(404, 'ParentResourceNotFound'));
  });
});

describe('an app of the Flex plan', () => {
  it('goes into a subnet that is delegated to its environments and has no underscore in its name', async () => {
    const { send, world } = await aClosedVaultWithNetwork();
    const flex = { delegations: delegation('Microsoft.App/environments') };
    await send('PUT', at(`${NETWORK}/subnets/app_2`), subnet('10.60.0.128/27', flex));
    await send(
      'PUT',
      at(`${NETWORK}/subnets/premium`),
      subnet('10.60.0.160/27', { delegations: delegation('Microsoft.Web/serverFarms') }),
    );
    const refuse = (name: string) => () =>
      refuseSubnet(world.stored, `${NETWORK}/subnets/${name}`, { delegation: 'Microsoft.App/environments' });
    expect(refuse('app')).not.toThrow();
    expect(refuse('app_2')).toThrow(/underscore/);
    expect(refuse('premium')).toThrow(/must be delegated to 'Microsoft.App\/environments'/);
    expect(refuse('none')).toThrow(/could not be found/);
  });
});

describe('a rule of a vault that names a subnet', () => {
  const rules = (id: string, more: Record<string, unknown> = {}) => ({
    properties: { networkAcls: { defaultAction: 'Deny', virtualNetworkRules: [{ id, ...more }] } },
  });
  const VAULTS = 'api-version=2023-07-01';

  it('is taken where the subnet has the service endpoint for vaults, or it is said that it may be missing', async () => {
    const { send, vault } = await aClosedVaultWithNetwork();
    const patch = (body: unknown) => send('PATCH', at(vault.id, VAULTS), body);
    expect(await patch(rules(ENDPOINTS))).toMatchObject(refused(400, 'SubnetsHaveNoServiceEndpointsConfigured'));
    expect(await patch(rules(ENDPOINTS, { ignoreMissingVnetServiceEndpoint: true }))).toMatchObject({ status: 200 });
    expect(await patch(rules(APP))).toMatchObject({ status: 200 });
  });

  it('is written by who may join the subnet, also where it is as it was', async () => {
    const { send, vault, world, cloud } = await aClosedVaultWithNetwork();
    const keeper = world.entra.createServicePrincipal({ name: 'keeper' });
    world.rbac.assign({ scope: vault.id, role: 'Owner', principalId: keeper.objectId });
    const patch = () => sendAs(cloud, keeper)('PATCH', at(vault.id, VAULTS), rules(APP));
    expect(await patch()).toMatchObject({
      status: 403,
      body: {
        error: { code: 'LinkedAuthorizationFailed', message: expect.stringContaining('joinViaServiceEndpoint') },
      },
    });
    await send('PATCH', at(vault.id, VAULTS), rules(APP));
    expect(await patch()).toMatchObject({ status: 403 });
    world.rbac.assign({ scope: APP, role: 'Owner', principalId: keeper.objectId });
    await world.clock.advance(10 * 60_000);
    expect(await patch()).toMatchObject({ status: 200 });
  });
});

describe('a private endpoint', () => {
  it('is made by who may join its subnet and approve at its target, and by nobody else', async () => {
    const { send, vault, world, cloud } = await aClosedVaultWithNetwork();
    const maker = world.entra.createServicePrincipal({ name: 'maker' });
    const scope = PROVIDERS.replace('/providers', '');
    world.rbac.define({
      roleName: 'Endpoints',
      permissions: [
        { actions: ['Microsoft.Network/privateEndpoints/write'], notActions: [], dataActions: [], notDataActions: [] },
      ],
      scopes: [scope],
    });
    world.rbac.assign({ scope, role: 'Endpoints', principalId: maker.objectId });
    const put = () => sendAs(cloud, maker)('PUT', at(ENDPOINT), endpointBody(vault.id));
    expect(await put()).toMatchObject(refused(403, 'LinkedAuthorizationFailed'));
    world.rbac.assign({ scope: NETWORK, role: 'Owner', principalId: maker.objectId });
    expect(await put()).toMatchObject({
      status: 403,
      body: {
        error: {
          message: expect.stringContaining('Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action'),
        },
      },
    });
    world.rbac.assign({ scope: vault.id, role: 'Owner', principalId: maker.objectId });
    expect(await put()).toMatchObject({
      status: 201,
      body: { properties: { customDnsConfigs: [{ fqdn: 'contoso.vault.azure.net', ipAddresses: ['10.60.0.68'] }] } },
    });
    expect(await send('DELETE', at(ENDPOINTS))).toMatchObject(refused(400, 'InUseSubnetCannotBeDeleted'));
  });

  it('leads to something that is there, and to a part that it has', async () => {
    const { send, vault } = await aClosedVaultWithNetwork();
    const put = (body: unknown) => send('PUT', at(ENDPOINT), body);
    expect(await put(endpointBody(`${vault.id}2`))).toMatchObject(refused(400, 'InvalidResourceReference'));
    const blob = JSON.parse(JSON.stringify(endpointBody(vault.id)).replace('["vault"]', '["blob"]'));
    expect(await put(blob)).toMatchObject(refused(400, 'PrivateEndpointInvalidGroupId'));
  });
});

describe('a private DNS zone', () => {
  it('is everywhere, linked to a network once, and deleted after its links', async () => {
    const { send } = await aClosedVaultWithNetwork();
    expect(await send('PUT', at(ZONE, DNS), { location: 'koreacentral' })).toMatchObject(
      refused(400, 'LocationNotAvailableForResourceType'),
    );
    expect(await send('PUT', at(ZONE, DNS), { location: 'global' })).toMatchObject({ status: 201 });
    const hub = ZONE.replace('resourceGroups/data', 'resourceGroups/guardian');
    expect(await send('PUT', at(hub, DNS), { location: 'global' })).toMatchObject({ status: 201 });
    const link = (zone: string, version = DNS, policy?: string) =>
      send('PUT', at(`${zone}/virtualNetworkLinks/vnet`, version), linkBody(policy));
    expect(await link(ZONE, 'api-version=2020-06-01', 'NxDomainRedirect')).toMatchObject(
      refused(400, 'InvalidRequestContent'),
    );
    expect(await link(ZONE, DNS, 'NxDomainRedirect')).toMatchObject({ status: 201 });
    expect(await link(hub)).toMatchObject(refused(400, 'BadRequest'));
    expect(await send('DELETE', at(ZONE, DNS))).toMatchObject(refused(409, 'CannotDeleteResource'));
    expect(await send('DELETE', at(`${ZONE}/virtualNetworkLinks/vnet`, DNS))).toMatchObject({ status: 200 });
    expect(await send('DELETE', at(ZONE, DNS))).toMatchObject({ status: 200 });
    expect(await send('DELETE', at(ZONE, DNS))).toMatchObject({ status: 204 });
  });
});
