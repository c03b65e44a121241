import { MySQLManagementClient } from '@azure/arm-mysql';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

const clientOf = (cloud: Cloud) =>
  new MySQLManagementClient(credentialOf(cloud, named(cloud, 'owner')), subscriptionId, throughProxy(cloud));

describe('a long-running operation', () => {
  it('is in progress, then done; its Location has the result', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const poller = await clientOf(cloud).servers.beginUpdate('data', 'orders', { tags: { team: 'shop' } });
    await poller.poll();
    expect(poller.isDone()).toBe(false);
    await cloud.world.clock.advance(60_000);
    await poller.poll();
    expect(poller.getResult()).toMatchObject({ name: 'orders', tags: { team: 'shop' } });
  });

  it('that failed says why, while its own resource still answers 200', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const { keyVault } = cloud.world;
    const uri = keyVault.key('kv-orders', 'cmk')?.versions[0]?.kid ?? '';
    const name = `kv-orders_cmk_${uri.split('/').at(-1)}`;
    keyVault.setAttributes('kv-orders', 'cmk', undefined, { enabled: false });
    const body = { serverKeyType: 'AzureKeyVault', uri };
    const poller = await clientOf(cloud).serverKeys.beginCreateOrUpdate('orders', name, 'data', body);
    await cloud.world.clock.advance(600_000);
    await expect(poller.poll()).rejects.toThrow(
      /The long-running operation has failed.*AzureKeyVaultKeyDisabledMessage/s,
    );
    const polls = cloud.requests.list().filter(({ route }) => route.includes('azureAsyncOperation'));
    expect(polls.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('is asked for at the URLs that Azure documents', async () => {
    const cloud = await aCloud({ world: 'mysql-single' });
    const { headers } = cloud.world.operations.start({
      provider: 'Microsoft.DBforMySQL',
      location: 'koreacentral',
      seconds: 10,
      run: async () => undefined,
      target: `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DBforMySQL/servers/orders`,
      apiVersion: '2017-12-01',
    });
    expect(headers['azure-asyncoperation']).toMatch(
      /^https:\/\/management.azure.com\/subscriptions\/[0-9a-f-]{36}\/providers\/Microsoft.DBforMySQL\/locations\/koreacentral\/azureAsyncOperation\/[0-9a-f-]{36}\?api-version=2017-12-01$/,
    );
  });
});
