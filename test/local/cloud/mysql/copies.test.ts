import { afterEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { serverId } from '../../../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../../../local/cloud/worlds/product.ts';
import { clientsOf, collected, finished, mysqlCloud } from './mysql-cloud.ts';
import { availabilityOf, MINUTE, mysqlWorld, ORDERS, WEB } from './mysql-world.ts';

let cloud: Cloud;
afterEach(() => cloud?.close());

const owner = () => cloud.world.entra.principals().find(({ name }) => name === 'owner');
const location = 'koreacentral';

const single = async () => {
  cloud = await mysqlCloud();
  await cloud.world.clock.advance(10 * MINUTE);
  const { mysql } = clientsOf(cloud, owner());
  const create = async (name: string, properties: Record<string, unknown>) =>
    finished(
      await mysql.servers.beginCreate('data', name, {
        location,
        properties: { sourceServerId: ORDERS, ...properties } as never,
      }),
    );
  return { mysql, create };
};

const flexible = async () => {
  cloud = await mysqlCloud();
  const { resources } = clientsOf(cloud, owner());
  const create = async (name: string, properties: Record<string, unknown>) => {
    const id = serverId('flexible', name);
    const body = { location, properties: { sourceServerResourceId: WEB, ...properties } };
    await finished(await resources.beginCreateOrUpdateById(id, '2023-12-30', body));
    return id;
  };
  const read = async (id: string) => {
    const { properties = {}, ...resource } = await resources.getById(id, '2023-12-30');
    return { ...resource, properties };
  };
  return { resources, create, read };
};

describe('a copy of a MySQL single server, by @azure/arm-mysql', () => {
  it('restored to a point in time it is inaccessible, with the key of its source and no identity', async () => {
    const { mysql, create } = await single();
    await create('orders-copy', {
      createMode: 'PointInTimeRestore',
      restorePointInTime: new Date(cloud.world.clock.now()),
    });
    const copy = await mysql.servers.get('data', 'orders-copy');
    expect(copy).toMatchObject({ userVisibleState: 'Inaccessible', byokEnforcement: 'Enabled', masterServerId: '' });
    expect(copy.identity).toBeUndefined();
    const [source] = await collected(mysql.serverKeys.list('data', 'orders'));
    const [inherited] = await collected(mysql.serverKeys.list('data', 'orders-copy'));
    expect(inherited).toMatchObject({ name: source?.name, uri: source?.uri });
  });

  it('says nothing of where it was restored from', async () => {
    const { mysql, create } = await single();
    await create('orders-copy', {
      createMode: 'PointInTimeRestore',
      restorePointInTime: new Date(cloud.world.clock.now()),
    });
    const wire = JSON.stringify(await mysql.servers.get('data', 'orders-copy'));
    expect(wire).not.toContain('servers/orders"');
    expect(wire).not.toContain('createMode');
  });

  it('becomes ready by identity, then access, then the same key again, and not before', async () => {
    const { mysql, create } = await single();
    await create('orders-copy', { createMode: 'GeoRestore' });
    const [key] = await collected(mysql.serverKeys.list('data', 'orders-copy'));
    const revalidate = async () =>
      finished(
        await mysql.serverKeys.beginCreateOrUpdate('orders-copy', key?.name ?? '', 'data', {
          serverKeyType: 'AzureKeyVault',
          uri: key?.uri ?? '',
        }),
      );
    await expect(revalidate()).rejects.toThrow('AzureKeyVaultNoServerIdentity');
    await finished(await mysql.servers.beginUpdate('data', 'orders-copy', { identity: { type: 'SystemAssigned' } }));
    await expect(revalidate()).rejects.toThrow('AzureKeyVaultMissingPermissionsMessage');
    const { identity } = await mysql.servers.get('data', 'orders-copy');
    const keys = ['get', 'wrapKey', 'unwrapKey'];
    const policy = {
      tenantId: cloud.world.entra.tenantId,
      objectId: identity?.principalId ?? '',
      permissions: { keys },
    };
    cloud.world.keyVault.changePolicies('vault', 'add', [policy]);
    await revalidate();
    expect(await mysql.servers.get('data', 'orders-copy')).toMatchObject({ userVisibleState: 'Ready' });
  });

  it('as a replica names its master, and the master its role', async () => {
    const { mysql, create } = await single();
    await create('orders-replica', { createMode: 'Replica' });
    expect(await mysql.servers.get('data', 'orders-replica')).toMatchObject({
      replicationRole: 'Replica',
      masterServerId: ORDERS,
      userVisibleState: 'Inaccessible',
    });
    expect((await mysql.servers.get('data', 'orders')).replicationRole).toBe('Master');
    await finished(await mysql.servers.beginDelete('data', 'orders-replica'));
    expect((await mysql.servers.get('data', 'orders')).replicationRole).toBe('None');
  });

  it('is refused without a source, for a point before its source, and under a name that is taken', async () => {
    const { create } = await single();
    const at = new Date('2020-01-01T00:00:00Z');
    await expect(create('a-copy', { createMode: 'PointInTimeRestore', restorePointInTime: at })).rejects.toMatchObject({
      code: 'InvalidRestorePointInTime',
    });
    const sourceServerId = serverId('single', 'nobody');
    await expect(create('a-copy', { createMode: 'Replica', sourceServerId })).rejects.toMatchObject({
      code: 'ResourceNotFound',
    });
    await expect(create('orders', { createMode: 'Replica' })).rejects.toMatchObject({
      code: 'ServerNameAlreadyExists',
    });
  });
});

describe('a copy of a MySQL flexible server, by @azure/arm-resources', () => {
  it('names its source and keeps the identity and the key', async () => {
    const { create, read } = await flexible();
    const id = await create('web-copy', { createMode: 'Replica' });
    const source = await read(WEB);
    expect(await read(id)).toMatchObject({
      identity: { userAssignedIdentities: source.identity?.userAssignedIdentities },
      properties: {
        state: 'Inaccessible',
        sourceServerResourceId: WEB,
        replicationRole: 'Replica',
        dataEncryption: source.properties['dataEncryption'],
      },
    });
    expect((await read(WEB)).properties['replicationRole']).toBe('Source');
  });

  it('is ready once its data encryption is written again', async () => {
    const { resources, create, read } = await flexible();
    const id = await create('web-copy', {
      createMode: 'PointInTimeRestore',
      restorePointInTime: new Date(cloud.world.clock.now()).toISOString(),
    });
    const dataEncryption = (await read(id)).properties['dataEncryption'];
    await finished(await resources.beginUpdateById(id, '2023-12-30', { properties: { dataEncryption } }));
    expect((await read(id)).properties).toMatchObject({ state: 'Ready', replicationRole: 'None' });
  });

  it('is not restored in another region without a geo-redundant backup', async () => {
    const { create } = await flexible();
    await expect(create('web-copy', { createMode: 'GeoRestore' })).rejects.toMatchObject({
      code: 'GeoBackupNotEnabled',
    });
  });

  it('needs the permission to assign the identity that it is given', async () => {
    cloud = await mysqlCloud();
    const reader = cloud.world.entra.createServicePrincipal({ name: 'operator' });
    const scope = `/subscriptions/${subscriptionId}`;
    const role = cloud.world.rbac.define({
      roleName: 'Server Operator',
      permissions: [{ actions: ['Microsoft.DBforMySQL/*'] }],
      scopes: [scope],
    });
    cloud.world.rbac.assign({ scope, role: role.name, principalId: reader.objectId });
    const identity = cloud.world.mysql.servers.flexible(WEB)?.identities ?? {};
    const body = {
      location,
      identity: { type: 'UserAssigned' as const, userAssignedIdentities: identity },
      properties: { createMode: 'Replica', sourceServerResourceId: WEB },
    };
    const { resources } = clientsOf(cloud, reader);
    await expect(
      resources.beginCreateOrUpdateById(serverId('flexible', 'web-copy'), '2023-12-30', body),
    ).rejects.toMatchObject({ code: 'LinkedAuthorizationFailed' });
  });
});

describe('the key of a geo-redundant backup', () => {
  const withGeoBackup = async () => {
    const world = await mysqlWorld();
    const server = world.mysql.servers.flexible(WEB);
    const place = { subscription: subscriptionId, group: 'data', name: 'geo-identity', location: 'koreasouth' };
    const geo = world.managedIdentities.create(place);
    const principal = world.entra.managedIdentity(geo.id);
    if (!server?.dataEncryption || !principal) throw new Error('web has no key');
    const vault = { subscription: subscriptionId, group: 'data', name: 'geovault', location: 'koreasouth', rbac: null };
    world.keyVault.createVault(vault);
    const keys = ['get', 'list', 'wrapKey', 'unwrapKey'];
    const policy = { tenantId: world.entra.tenantId, objectId: principal.objectId, permissions: { keys } };
    world.keyVault.changePolicies('geovault', 'add', [policy]);
    server.identities[geo.id] = { principalId: principal.objectId, clientId: principal.appId ?? '' };
    const { kid } = world.keyVault.createKey('geovault', 'geo');
    Object.assign(server.dataEncryption, { geoBackupKeyURI: kid, geoBackupUserAssignedIdentityId: geo.id });
    return { world, server, geo, kid };
  };

  it('is used all the time; without it the backup fails and the server goes on', async () => {
    const { world, server } = await withGeoBackup();
    await world.clock.advance(5 * MINUTE);
    expect(server.geoBackupLoss).toBeUndefined();
    world.keyVault.deleteKey('geovault', 'geo');
    await world.clock.advance(20 * MINUTE);
    expect(server.geoBackupLoss?.reason.code).toBe('AzureKeyVaultKeyNotFound');
    expect(availabilityOf(world, WEB)).toMatchObject({ accepting: true, history: [] });
    world.keyVault.recoverKey('geovault', 'geo');
    await world.clock.advance(5 * MINUTE);
    expect(server.geoBackupLoss).toBeUndefined();
  });

  it('becomes the primary key of what is restored in the paired region', async () => {
    const { world, server, geo, kid } = await withGeoBackup();
    const place = { subscription: subscriptionId, group: 'data', name: 'web-geo', location: 'koreasouth' };
    expect(world.mysql.addCopy(server, 'GeoRestore', place)).toMatchObject({
      dataEncryption: { primaryKeyURI: kid, primaryUserAssignedIdentityId: geo.id },
      location: 'koreasouth',
    });
  });
});

it('what has no key of the customer is ready when it is copied, and needs nothing', async () => {
  const world = await mysqlWorld();
  const place = { subscription: subscriptionId, group: 'data', name: 'plain' };
  const plain = world.mysql.addSingleServer(place);
  const copy = world.mysql.addCopy(plain, 'Replica', { ...place, name: 'plain-copy' });
  expect(copy.availability).toMatchObject({ condition: 'ready', accepting: true });
});

it('a switch has copies of flexible servers begin ready', async () => {
  const world = await mysqlWorld({ flexibleCopyStarts: 'Ready' });
  const server = world.mysql.servers.flexible(WEB);
  if (!server) throw new Error('there is no web');
  const copy = world.mysql.addCopy(server, 'Replica', {
    subscription: subscriptionId,
    group: 'data',
    name: 'web-copy',
  });
  expect(copy.availability.condition).toBe('ready');
});

it.each(['taken', 'refused'] as const)(
  'a switch has the identity of a flexible replica %s, and no other copy',
  async (answer) => {
    const { resources, create } = await flexible();
    cloud.world.switches.flexibleReplicaWrites = answer;
    const replica = await create('web-replica', { createMode: 'Replica' });
    const restored = await create('web-restored', {
      createMode: 'PointInTimeRestore',
      restorePointInTime: new Date(cloud.world.clock.now()),
    });
    const { identity } = await resources.getById(WEB, '2023-12-30');
    const set = (id: string) =>
      resources.beginUpdateById(id, '2023-12-30', { identity } as never).then(
        () => 'taken',
        ({ code }: { code: string }) => code,
      );
    expect(await set(replica)).toBe(answer === 'taken' ? 'taken' : 'OperationNotAllowedOnReplica');
    expect(await set(restored)).toBe('taken');
  },
);
