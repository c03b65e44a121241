import { existsSync } from 'node:fs';
import http from 'node:http';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { serverId } from '../../../../local/cloud/worlds/build-world.ts';
import { aCloud, credentialOf, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const vaultsOf = (cloud: Cloud) =>
  new KeyVaultManagementClient(credentialOf(cloud, theProduct(cloud)), subscriptionId, throughProxy(cloud)).vaults;

const tunnel = (cloud: Cloud, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = http.request({ port: cloud.port, method: 'CONNECT', path });
    request.on('connect', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    request.on('error', reject).end();
  });

describe('the local cloud', () => {
  it('lives several times in one process, each a world of its own', async () => {
    const [one, two] = [await aCloud({ world: 'mysql-single' }), await aCloud()];
    expect(await vaultsOf(one).get('data', 'kv-orders')).toMatchObject({ name: 'kv-orders' });
    await expect(vaultsOf(two).get('data', 'kv-orders')).rejects.toMatchObject({ code: 'ResourceGroupNotFound' });
  });

  it('reaches nothing in the real world, and says so', async () => {
    const cloud = await aCloud();
    for (const host of ['example.com', 'a.b.vault.azure.net', 'management.azure.com.example.com']) {
      expect(await tunnel(cloud, `${host}:443`)).toBe(502);
      expect(cloud.lines.at(-1)).toContain(`not simulated: CONNECT ${host}`);
    }
    expect(await tunnel(cloud, 'management.azure.com:443')).toBe(200);
  });

  it('leaves nothing behind when it is closed', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    expect(existsSync(cloud.caFile)).toBe(true);
    await cloud.close();
    expect(existsSync(cloud.caFile)).toBe(false);
    await expect(tunnel(cloud, 'management.azure.com:443')).rejects.toThrow('ECONNREFUSED');
  });

  it('has the same ids in every run', async () => {
    const ids = async () => {
      const { world } = await aCloud({ world: 'mysql-single' });
      const versions = world.keyVault.key('kv-orders', 'cmk')?.versions.map(({ kid }) => kid);
      return { versions, principals: world.entra.principals().map(({ objectId }) => objectId) };
    };
    expect(await ids()).toEqual(await ids());
  });

  it('says what could change something, by whom, when', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const owner = new KeyClient(
      'https://kv-orders.vault.azure.net',
      credentialOf(cloud, named(cloud, 'owner')),
      throughProxy(cloud),
    );
    await expect(owner.getKey('cmk')).rejects.toMatchObject({ statusCode: 403 });
    await cloud.world.clock.advance(90_000);
    const product = credentialOf(cloud, theProduct(cloud));
    const key = await new KeyClient('https://kv-orders.vault.azure.net', product, throughProxy(cloud)).getKey('cmk');
    const uses = new CryptographyClient(key, product, throughProxy(cloud));
    await expect(uses.unwrapKey('RSA-OAEP-256', new Uint8Array(256))).rejects.toMatchObject({ statusCode: 403 });
    await vaultsOf(cloud).get('data', 'kv-orders');
    expect(cloud.requests.list({ mutating: true })).toEqual([]);
    expect(cloud.requests.list({ caller: theProduct(cloud).objectId }).at(-1)).toMatchObject({
      at: '2026-11-22T00:01:30.000Z',
      status: 200,
      caller: 'cmk-guardian',
      route: expect.stringMatching(/^GET \/subscriptions\/\{subscription\}\/.*\/vaults\/\{vault\}$/),
    });
  });

  it('forgets what the former world still wanted to do when another one is loaded', async () => {
    const cloud = await aCloud({ world: 'mysql-single', worldInput: { expiresInDays: 1 } });
    const former = cloud.world;
    cloud.load('mysql-flexible');
    await cloud.world.clock.advance(2 * 86_400_000);
    expect(former.mysql.servers.single(serverId('single', 'orders'))?.availability.history).toEqual([]);
    expect(cloud.world.mysql.servers.flexible(serverId('flexible', 'orders'))?.availability.accepting).toBe(true);
  });
});
