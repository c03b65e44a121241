import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { KeyClient } from '@azure/keyvault-keys';
import { describe, expect, it } from '@jest/globals';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { hearEvents } from '../../../../local/cloud/worlds/hear-events.ts';
import { namedWorlds } from '../../../../local/cloud/worlds/named-worlds.ts';
import { aReceiver } from '../event-grid/receiver.ts';
import { aCloud, credentialOf, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const day = 86_400_000;
const models = ['accessPolicies', 'roles'];
const withServers = Object.keys(namedWorlds).filter((name) => name !== 'empty');

const keysOf = (cloud: Cloud) =>
  new KeyClient('https://kv-orders.vault.azure.net', credentialOf(cloud, theProduct(cloud)), throughProxy(cloud));

describe('a named world', () => {
  it.each(withServers.flatMap((world) => models.map((permissions) => [world, permissions])))(
    '%s with %s is healthy, and stays so',
    async (world, permissions) => {
      const cloud = await aCloud({ world, worldInput: { permissions }, switches: { propagationSeconds: 120 } });
      await cloud.world.clock.advance(day / 12);
      const servers = cloud.world.mysql.servers.all();
      expect(servers.length).toBeGreaterThan(0);
      expect(servers.map(({ availability }) => availability.history)).toEqual(servers.map(() => []));
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
