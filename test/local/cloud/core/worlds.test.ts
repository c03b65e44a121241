import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { KeyClient } from '@azure/keyvault-keys';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { hearEvents, hearWrites } from '../../../../local/cloud/worlds/hear-events.ts';
import { namedWorlds } from '../../../../local/cloud/worlds/named-worlds.ts';
import { productId } from '../../../../local/cloud/worlds/product.ts';
import { aReceiver } from '../event-grid/receiver.ts';
import { aCloud, credentialOf, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const day = 86_400_000;
const models = ['accessPolicies', 'roles'];
const withConsumers = Object.keys(namedWorlds).filter((name) => !['empty', 'undeployed'].includes(name));

const keysOf = (cloud: Cloud) =>
  new KeyClient('https://kv-orders.vault.azure.net', credentialOf(cloud, theProduct(cloud)), throughProxy(cloud));

describe('a named world', () => {
  it.each(withConsumers.flatMap((world) => models.map((permissions) => [world, permissions])))(
    '%s with %s is healthy, and stays so',
    async (world, permissions) => {
      const cloud = await aCloud({ world, worldInput: { permissions }, switches: { propagationSeconds: 120 } });
      await cloud.world.clock.advance(day / 12);
      const servers = cloud.world.mysql.servers.all().map(({ availability }) => availability.history);
      const machines = cloud.world.compute.machines.all().map(({ history }) => history);
      expect(servers.length + machines.length).toBeGreaterThan(0);
      expect([...servers, ...machines].flat()).toEqual([]);
    },
  );

  it.each(models)('lets the product read and extend keys, and nothing else (%s)', async (permissions) => {
    const cloud = await aCloud({ world: 'mysql-single', worldInput: { permissions } });
    const client = new KeyVaultManagementClient(
      credentialOf(cloud, theProduct(cloud)),
      subscriptionId,
      throughProxy(cloud),
    );
    expect(await client.keys.get('data', 'kv-orders', 'cmk')).toMatchObject({ name: 'cmk' });
    const { properties } = await keysOf(cloud).getKey('cmk');
    const expiresOn = new Date('2028-01-01T00:00:00Z');
    const extended = await keysOf(cloud).updateKeyProperties('cmk', properties.version ?? '', { expiresOn });
    expect(extended.properties.expiresOn).toEqual(expiresOn);
    await expect(keysOf(cloud).beginDeleteKey('cmk')).rejects.toMatchObject({ statusCode: 403 });
    await expect(client.vaults.delete('data', 'kv-orders')).rejects.toMatchObject({ code: 'AuthorizationFailed' });
  });

  it('undeployed: nobody has the role of the product, and no part of it is defined', async () => {
    const { world } = await aCloud({ world: 'undeployed' });
    expect(world.rbac.definitions().filter(({ kind }) => kind !== 'BuiltInRole')).toEqual([]);
    expect(world.entra.managedIdentity(productId)).toBeUndefined();
    expect(world.subscriptions.all().map(({ id }) => id)).toEqual([subscriptionId]);
  });

  it('two-versions: the server pins version 1, the current one is version 2', async () => {
    const cloud = await aCloud({ world: 'two-versions' });
    const [first, second] = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions ?? [];
    expect((await keysOf(cloud).getKey('cmk')).id).toBe(second?.kid);
    const [server] = cloud.world.mysql.servers.all();
    expect(server).toMatchObject({ generation: 'single', key: { uri: first?.kid } });
  });

  it('estate: as many servers and keys as were asked for, no two keys alike', async () => {
    const cloud = await aCloud({ world: 'estate', worldInput: { servers: 7, keys: 3 } });
    expect(cloud.world.mysql.servers.all()).toHaveLength(7);
    const keys = cloud.world.keyVault.vaults().flatMap(({ keys }) => [...keys.values()]);
    expect(new Set(keys.flatMap(({ versions }) => versions.map(({ kid }) => kid))).size).toBe(3);
  });
});

describe('the worlds with disks', () => {
  it('des: two machines, all their disks on one set', async () => {
    const { world } = await aCloud({ world: 'des' });
    expect(world.compute.machines.all().map(({ name, power }) => [name, power])).toEqual([
      ['disks-vm-1', 'running'],
      ['disks-vm-2', 'running'],
    ]);
    const [set] = world.compute.sets.all();
    expect(world.compute.disks.all().map(({ encryptionSet }) => encryptionSet)).toEqual(Array(4).fill(set?.id));
  });

  it('des: the machines stop when their key stays disabled', async () => {
    const { world } = await aCloud({ world: 'des' });
    world.keyVault.setAttributes('kv-disks', 'cmk', undefined, { enabled: false });
    await world.clock.advance(day / 12);
    expect(world.compute.machines.all().map(({ power }) => power)).toEqual(['stopped', 'stopped']);
  });

  it('aks: one pool of the cluster is not encrypted with its set', async () => {
    const { world } = await aCloud({ world: 'aks' });
    expect(world.compute.clusters.all()).toMatchObject([
      { name: 'shop', encryptionSet: expect.stringMatching(/disks$/) },
    ]);
    const plain = world.compute.scaleSets.all().filter(({ encryptionSet }) => encryptionSet === undefined);
    expect(plain.map(({ name }) => name)).toEqual(['aks-old-vmss']);
  });

  it('estate: with as many sets as were asked for', async () => {
    const { world } = await aCloud({ world: 'estate', worldInput: { servers: 2, keys: 2, sets: 3 } });
    expect(world.compute.sets.all().map(({ name }) => name)).toEqual(['set-1', 'set-2', 'set-3']);
  });
});

it('an endpoint hears every write in the subscription', async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const receiver = await aReceiver(cloud.world.clock);
  await hearWrites(cloud.world, { endpointUrl: receiver.url });
  const body = JSON.stringify({ server: 'orders', name: 'orders-copy' });
  await fetch(`${cloud.control}/break/create-replica`, { method: 'POST', body });
  await cloud.world.clock.advance(0);
  expect(receiver.events()).toMatchObject([{ eventType: 'Microsoft.Resources.ResourceWriteSuccess' }]);
  receiver.close();
});

describe('an endpoint that hears the events of a world', () => {
  it('is told that a key expired which is older than its subscription', async () => {
    const switches = { keyCheckSeconds: 6 * 3600 };
    const cloud = await aCloud({ world: 'mysql-single', worldInput: { expiresInDays: 40 }, switches });
    const receiver = await aReceiver(cloud.world.clock);
    await hearEvents(cloud.world, { endpointUrl: receiver.url });
    await cloud.world.clock.advance(41 * day);
    const types = receiver.received.flatMap(({ events }) => events.map((event) => event['eventType']));
    expect(types).toEqual(
      expect.arrayContaining(['Microsoft.KeyVault.KeyNearExpiry', 'Microsoft.KeyVault.KeyExpired']),
    );
    await receiver.close();
  });
});
