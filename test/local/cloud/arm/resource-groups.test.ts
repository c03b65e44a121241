import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import type { CloudOptions } from '../../../../local/cloud/cloud.ts';
import { aCloud, all, credentialOf, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';
import { sendAs } from './send-as.ts';

const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;
const MINUTE = 60_000;

/** The owner of a subscription, and the owner's view of it. */
const groups = async (options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud({ world: 'mysql-single', ...options });
  const parts = [credentialOf(cloud, named(cloud, 'owner')), subscriptionId, throughProxy(cloud)] as const;
  const { resourceGroups, resources } = new ResourceManagementClient(...parts);
  const { vaults } = new KeyVaultManagementClient(...parts);
  return { cloud, resourceGroups, resources, vaults, send: sendAs(cloud, named(cloud, 'owner')) };
};

const refused = (code: string) => expect.objectContaining({ code });

describe('A resource group', () => {
  it('is made, found, changed and listed', async () => {
    const { resourceGroups } = await groups();
    expect(await resourceGroups.checkExistence('new')).toEqual({ body: false });
    const made = await resourceGroups.createOrUpdate('new', { location: 'Korea Central', tags: { cost: 'keys' } });
    expect(made).toMatchObject({
      id: `${SUBSCRIPTION}/resourceGroups/new`,
      type: 'Microsoft.Resources/resourceGroups',
      location: 'koreacentral',
      tags: { cost: 'keys' },
      properties: { provisioningState: 'Succeeded' },
    });
    expect(await resourceGroups.get('NEW')).toEqual(made);
    expect(await resourceGroups.checkExistence('new')).toEqual({ body: true });
    expect((await resourceGroups.update('new', { tags: {} })).tags).toEqual({});
    expect((await all(resourceGroups.list())).map(({ name }) => name)).toContain('new');
  });

  it.each([
    ['without a location', {}, 'LocationRequired'],
    ['in no region of Azure', { location: 'atlantis' }, 'LocationNotAvailableForResourceGroup'],
    ['in another region than before', { location: 'koreasouth' }, 'InvalidResourceGroupLocation'],
    ['with a property that groups do not have', { location: 'koreacentral', region: 'x' }, 'InvalidRequestContent'],
  ])('is not written %s', async (_case, body, code) => {
    const { send } = await groups();
    const { body: answer } = await send('PUT', `${SUBSCRIPTION}/resourceGroups/data?api-version=2021-04-01`, body);
    expect(answer).toMatchObject({ error: { code } });
  });

  it.each(['ends.', 'with space', 'a'.repeat(91)])('is not named %s', async (name) => {
    const { resourceGroups } = await groups();
    await expect(resourceGroups.createOrUpdate(name, { location: 'koreacentral' })).rejects.toEqual(
      refused('InvalidResourceGroup'),
    );
  });

  it('must be there before anything can be made in it', async () => {
    const { resources } = await groups();
    const id = `${SUBSCRIPTION}/resourceGroups/none/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`;
    await expect(resources.createOrUpdateById(id, '2023-01-31', { location: 'koreacentral' })).rejects.toEqual(
      refused('ResourceGroupNotFound'),
    );
  });

  it('lists what is inside', async () => {
    const { resources } = await groups();
    const inside = await all(resources.listByResourceGroup('data'));
    expect(inside.map(({ type }) => type)).toEqual(['Microsoft.KeyVault/vaults', 'Microsoft.DBforMySQL/servers']);
  });
});

describe('The deletion of a resource group', () => {
  const remove = async (of: Awaited<ReturnType<typeof groups>>, name = 'data') => {
    const { status, header } = await of.send('DELETE', `${SUBSCRIPTION}/resourceGroups/${name}?api-version=2021-04-01`);
    const location = header('location')?.replace('https://management.azure.com', '') ?? '';
    return { status, poll: () => of.send('GET', location) };
  };

  it('takes its time, and all that is inside with it; vaults can be recovered', async () => {
    const of = await groups();
    const { status, poll } = await remove(of);
    expect([status, (await poll()).status]).toEqual([202, 202]);
    expect((await of.resourceGroups.get('data')).properties?.provisioningState).toBe('Deleting');
    await of.cloud.world.clock.advance(2 * MINUTE);
    expect((await poll()).status).toBe(200);
    await expect(of.resourceGroups.get('data')).rejects.toEqual(refused('ResourceGroupNotFound'));
    expect((await all(of.resources.list())).filter(({ id }) => id?.includes('/data/'))).toEqual([]);
    expect((await all(of.vaults.listDeleted())).map(({ name }) => name)).toEqual(['kv-orders']);
  });

  it('lets nothing new in while it goes on', async () => {
    const of = await groups();
    await remove(of);
    const again = of.vaults.update('data', 'kv-orders', { tags: {} });
    await expect(again).rejects.toEqual(refused('ResourceGroupBeingDeleted'));
    await expect(of.resourceGroups.createOrUpdate('data', { location: 'koreacentral' })).rejects.toEqual(
      refused('ResourceGroupBeingDeleted'),
    );
  });

  it('is refused by a lock on the group, or on anything inside', async () => {
    const of = await groups();
    const scope = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-orders`;
    of.cloud.world.locks.put({ scope, name: 'keep', level: 'CanNotDelete' });
    expect(await remove(of)).toMatchObject({ status: 409 });
    expect(await of.vaults.get('data', 'kv-orders')).toMatchObject({ name: 'kv-orders' });
  });

  it('is entered in the activity log when it is over, not before', async () => {
    const of = await groups();
    const entered = () =>
      of.cloud.world.activity
        .writes()
        .filter(({ operationName }) => operationName === 'Microsoft.Resources/subscriptions/resourceGroups/delete');
    await remove(of);
    expect(entered()).toEqual([]);
    await of.cloud.world.clock.advance(2 * MINUTE);
    expect(entered()).toMatchObject([{ status: 'Succeeded' }]);
  });

  it('is refused to who may not delete it', async () => {
    const { cloud } = await groups();
    const send = sendAs(cloud, theProduct(cloud));
    expect(await send('DELETE', `${SUBSCRIPTION}/resourceGroups/data?api-version=2021-04-01`)).toMatchObject({
      status: 403,
    });
  });
});
