import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import { aCloud, all, credentialOf, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/data`;

/** The owner's view of the subscription, and the verbs that change it. */
const places = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const parts = [credentialOf(cloud, named(cloud, 'owner')), subscriptionId, throughProxy(cloud)] as const;
  const { vaults } = new KeyVaultManagementClient(...parts);
  const { resources } = new ResourceManagementClient(...parts);
  const orders = (group: string) =>
    resources.getById(
      `${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.DBforMySQL/servers/orders`,
      '2017-12-01',
    );
  const sim = async (verb: string, input: Record<string, unknown> = {}) => {
    const answer = await fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
    expect([verb, answer.status]).toEqual([verb, 200]);
  };
  const state = async () => (await (await fetch(`${cloud.control}/state`)).json()) as Record<string, unknown>;
  return { cloud, sim, orders, state, vaults };
};

const code = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => 'read',
    (error: { code?: unknown }) => error.code,
  );

describe('where resources are', () => {
  it('is another place once they were moved, each with what it holds and without the roles at it', async () => {
    const { cloud, orders, sim, vaults } = await places();
    const before = await orders('data');
    const scope = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-orders`;
    cloud.world.rbac.assign({ scope, role: 'Reader', principalId: theProduct(cloud).objectId });
    await sim('break/move-resource', { resource: 'kv-orders', group: 'elsewhere' });
    await sim('break/move-group', { group: 'data', to: 'archive' });
    expect(await code(vaults.get('data', 'kv-orders'))).toBe('ResourceNotFound');
    expect((await vaults.get('elsewhere', 'kv-orders')).properties.vaultUri).toBe('https://kv-orders.vault.azure.net/');
    expect(await code(orders('data'))).toBe('ResourceNotFound');
    expect(await orders('archive')).toMatchObject({ identity: before.identity, tags: before.tags });
    expect(cloud.world.rbac.assignments().filter((one) => one.scope.includes('kv-orders'))).toEqual([]);
  });

  it('answers nobody of this tenant any more once its subscription was moved to another', async () => {
    const { sim, vaults } = await places();
    await sim('break/move-subscription', { tenant: '00000000-0000-4000-8000-000000000077' });
    expect(await code(vaults.get('data', 'kv-orders'))).toBe('InvalidAuthenticationTokenTenant');
  });

  it('can be read, and not written, while its subscription is disabled', async () => {
    const { sim, vaults } = await places();
    await sim('break/disable-subscription');
    expect(await code(vaults.get('data', 'kv-orders'))).toBe('read');
    expect(await code(vaults.update('data', 'kv-orders', { tags: {} }))).toBe('ReadOnlyDisabledSubscription');
    await sim('repair/enable-subscription');
    expect(await code(vaults.update('data', 'kv-orders', { tags: {} }))).toBe('read');
  });

  it('ends with its group: its vault is among the deleted ones, all else is gone', async () => {
    const { orders, sim, vaults } = await places();
    await sim('break/delete-group', { group: 'data' });
    expect(await code(vaults.get('data', 'kv-orders'))).toBe('ResourceGroupNotFound');
    expect(await code(orders('data'))).toBe('ResourceGroupNotFound');
    expect((await all(vaults.listDeleted())).map(({ name }) => name)).toEqual(['kv-orders']);
  });

  it.each([
    ['SubscriptionNotFound', SUBSCRIPTION],
    ['ResourceGroupNotFound', GROUP],
    ['ResourceNotFound', `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-orders`],
  ])('may be answered as if it were not there: %s', async (expected, scope) => {
    const { sim, state, vaults } = await places();
    await sim('break/hide-place', { scope });
    expect(await code(vaults.get('data', 'kv-orders'))).toBe(expected);
    expect(await state()).toMatchObject({ places: { hidden: [scope.toLowerCase()] } });
    await sim('repair/show-place', { scope });
    expect(await code(vaults.get('data', 'kv-orders'))).toBe('read');
  });

  it('may be taken by somebody else, with a vault and a key of the same names', async () => {
    const { cloud, sim, vaults } = await places();
    const first = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0]?.kid;
    await sim('break/remake-key', { vault: 'kv-orders' });
    const second = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0]?.kid;
    await cloud.world.clock.advance(60_000);
    await sim('break/remake-vault', { vault: 'kv-orders', group: 'squatters' });
    const third = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0]?.kid;
    expect(new Set([first, second, third])).toHaveProperty('size', 3);
    expect(await vaults.get('squatters', 'kv-orders')).toMatchObject({ name: 'kv-orders' });
  });
});
