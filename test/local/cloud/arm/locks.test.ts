import { randomUUID } from 'node:crypto';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ResourceManagementClient } from '@azure/arm-resources';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LockLevel } from '../../../../local/cloud/arm/locks.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { sendAs } from './send-as.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/data`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv-orders`;
const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
const apiVersion = '2020-05-01';
const lockId = (scope: string, name = 'keep') => `${scope}/providers/Microsoft.Authorization/locks/${name}`;

const listed = z.object({ value: z.array(z.object({ name: z.string() })) });

/** The requests of the subscription's owner where there is a lock. */
const asOwner = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const owner = named(cloud, 'owner');
  const parts = [credentialOf(cloud, owner), subscriptionId, throughProxy(cloud)] as const;
  const { resources } = new ResourceManagementClient(...parts);
  const { vaults } = new KeyVaultManagementClient(...parts);
  const lock = (scope: string, level: LockLevel, name?: string) =>
    resources.createOrUpdateById(lockId(scope, name), apiVersion, { properties: { level, notes: 'ask data@' } });
  const role = (scope: string, name: string) => `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const grant = async (scope: string) => {
    const properties = {
      roleDefinitionId: reader,
      principalId: named(cloud, 'requester').objectId,
      principalType: 'User',
    };
    const { id = '' } = await resources.createOrUpdateById(role(scope, randomUUID()), '2022-04-01', { properties });
    return id;
  };
  return { cloud, resources, vaults, send: sendAs(cloud, owner), lock, grant };
};

const locked = (operation: string, ...scopes: string[]) => ({
  statusCode: 409,
  code: 'ScopeLocked',
  message: expect.stringContaining(
    `cannot perform ${operation} operation because following scope(s) are locked: '${scopes.join("', '")}'. Please remove the lock and try again.`,
  ),
});

describe('a lock', () => {
  it('is set, read, changed and taken away', async () => {
    const { resources, lock } = await asOwner();
    expect(await lock(vault, 'CanNotDelete')).toMatchObject({
      id: lockId(vault),
      name: 'keep',
      type: 'Microsoft.Authorization/locks',
      properties: { level: 'CanNotDelete', notes: 'ask data@' },
    });
    await lock(vault, 'ReadOnly');
    expect(await resources.getById(lockId(vault), apiVersion)).toMatchObject({ properties: { level: 'ReadOnly' } });
    await resources.deleteById(lockId(vault), apiVersion);
    await expect(resources.getById(lockId(vault), apiVersion)).rejects.toMatchObject({ code: 'LockNotFound' });
  });

  it('has one of two levels', async () => {
    const { send } = await asOwner();
    const put = (level?: string) =>
      send('PUT', `${lockId(vault)}?api-version=${apiVersion}`, { properties: { level } });
    for (const level of ['Delete', undefined])
      expect(await put(level)).toMatchObject({ status: 400, body: { error: { code: 'InvalidRequestContent' } } });
    expect(await put('ReadOnly')).toMatchObject({ status: 201 });
  });

  it('is listed at its scope and above; atScope() shows only what is set at the scope itself', async () => {
    const { send, lock } = await asOwner();
    await lock(group, 'CanNotDelete', 'group-lock');
    await lock(vault, 'CanNotDelete', 'vault-lock');
    const names = async (scope: string, filter = '') => {
      const { body } = await send('GET', `${lockId(scope, '')}?api-version=${apiVersion}${filter}`);
      return listed.parse(body).value.map(({ name }) => name);
    };
    expect(await names(subscription)).toEqual(['group-lock', 'vault-lock']);
    expect(await names(vault)).toEqual(['vault-lock']);
    expect(await names(group, '&$filter=atScope()')).toEqual(['group-lock']);
  });

  it('against deletion keeps a vault, but lets it be changed', async () => {
    const { vaults, lock } = await asOwner();
    await lock(vault, 'CanNotDelete');
    await expect(vaults.delete('data', 'kv-orders')).rejects.toMatchObject(locked('delete', vault));
    expect(await vaults.update('data', 'kv-orders', { tags: { a: 'b' } })).toMatchObject({ tags: { a: 'b' } });
  });

  it.each([subscription, group])('holds below its scope: %s', async (scope) => {
    const { vaults, resources, lock } = await asOwner();
    await lock(scope, 'CanNotDelete');
    await expect(vaults.delete('data', 'KV-ORDERS')).rejects.toMatchObject(locked('delete', scope));
    await resources.deleteById(lockId(scope), apiVersion);
    await vaults.delete('data', 'kv-orders');
  });

  it('keeps role assignments from being deleted, not from being made', async () => {
    const { resources, lock, grant } = await asOwner();
    await lock(vault, 'CanNotDelete');
    const assignment = await grant(vault);
    await expect(resources.deleteById(assignment, '2022-04-01')).rejects.toMatchObject(locked('delete', vault));
  });

  it('against every change leaves nothing but reading, and every lock that binds is named', async () => {
    const { vaults, lock, grant, cloud } = await asOwner();
    await lock(group, 'ReadOnly');
    await lock(vault, 'CanNotDelete');
    expect(await vaults.get('data', 'kv-orders')).toMatchObject({ name: 'kv-orders' });
    await expect(vaults.update('data', 'kv-orders', { tags: {} })).rejects.toMatchObject(locked('write', group));
    await expect(vaults.delete('data', 'kv-orders')).rejects.toMatchObject(locked('delete', group, vault));
    await expect(grant(vault)).rejects.toMatchObject(locked('write', group));
    const [server] = cloud.world.mysql.servers.all();
    expect(server?.availability.condition).toBe('ready');
  });

  it('binds elsewhere nobody, and is seen only after permission is', async () => {
    const { cloud, lock, grant } = await asOwner();
    await lock(vault, 'ReadOnly');
    await grant(subscription);
    const parts = [credentialOf(cloud, named(cloud, 'approver')), subscriptionId, throughProxy(cloud)] as const;
    const { vaults } = new KeyVaultManagementClient(...parts);
    await expect(vaults.delete('data', 'kv-orders')).rejects.toMatchObject({ code: 'AuthorizationFailed' });
  });

  it('does not bind the data plane: keys can be changed and deleted', async () => {
    const { cloud, lock } = await asOwner();
    await lock(subscription, 'ReadOnly');
    cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    expect(cloud.world.keyVault.key('kv-orders', 'cmk')?.deletedAt).toBeDefined();
  });

  it('goes with its vault', async () => {
    const { cloud, lock } = await asOwner();
    await lock(vault, 'CanNotDelete');
    await lock(group, 'CanNotDelete');
    cloud.world.keyVault.deleteVault('kv-orders');
    cloud.world.keyVault.recoverVault('kv-orders');
    expect(cloud.world.locks.all()).toMatchObject([{ scope: group }]);
  });
});
