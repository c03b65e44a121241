import { afterEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { clientsOf, collected, finished, mysqlCloud, untilRefused } from './mysql-cloud.ts';
import { availabilityOf, expireIn, MINUTE, ORDERS, revoke, setPinned } from './mysql-world.ts';

let cloud: Cloud;
afterEach(() => cloud.close());

const start = async (switches = {}) => {
  cloud = await mysqlCloud(switches);
  const { mysql } = clientsOf(cloud);
  const key = cloud.world.mysql.servers.single(ORDERS)?.key;
  if (!key) throw new Error('orders has no key');
  const body = { serverKeyType: 'AzureKeyVault' as const, uri: key.uri };
  return { mysql, key, revalidate: () => mysql.serverKeys.beginCreateOrUpdate('orders', key.name, 'data', body) };
};

describe('a MySQL single server, by @azure/arm-mysql', () => {
  it('reads as documented', async () => {
    const { mysql } = await start();
    expect(await mysql.servers.get('data', 'orders')).toMatchObject({
      id: ORDERS,
      type: 'Microsoft.DBforMySQL/servers',
      location: 'koreacentral',
      identity: { type: 'SystemAssigned', tenantId: cloud.world.entra.tenantId },
      userVisibleState: 'Ready',
      byokEnforcement: 'Enabled',
      replicationRole: 'None',
      masterServerId: '',
    });
  });

  it('is listed by subscription and by resource group, flexible servers are not', async () => {
    const { mysql } = await start();
    const names = async (list: AsyncIterable<{ name?: string }>) => (await collected(list)).map(({ name }) => name);
    expect(await names(mysql.servers.list())).toEqual(['orders']);
    expect(await names(mysql.servers.listByResourceGroup('DATA'))).toEqual(['orders']);
    expect(await names(mysql.servers.listByResourceGroup('guardian'))).toEqual([]);
  });

  it('shows its key under the name of vault, key and version', async () => {
    const { mysql, key } = await start();
    const [listed] = await collected(mysql.serverKeys.list('data', 'orders'));
    expect(listed).toMatchObject({
      kind: 'azurekeyvault',
      serverKeyType: 'AzureKeyVault',
      name: key.name,
      uri: key.uri,
    });
    expect(await mysql.serverKeys.get('data', 'orders', key.name)).toEqual(listed);
  });

  it('is not found under another name', async () => {
    const { mysql } = await start();
    await expect(mysql.servers.get('data', 'nobody')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  it('becomes Inaccessible with an expired key, and Ready when the key is extended and set again', async () => {
    const { mysql, revalidate } = await start();
    expireIn(cloud.world, 0);
    await untilRefused();
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Inaccessible');
    expireIn(cloud.world, 90 * 24 * 3_600_000);
    await untilRefused();
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Inaccessible');
    await finished(await revalidate());
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Ready');
    expect(availabilityOf(cloud.world, ORDERS).history.map(({ kind }) => kind)).toEqual([
      'keyLost',
      'refused',
      'ready',
    ]);
  });

  it.each([
    ['expired', 'AzureKeyVaultInvalidExpirationDate', () => expireIn(cloud.world, 0)],
    ['disabled', 'AzureKeyVaultKeyDisabledMessage', () => setPinned(cloud.world, { enabled: false })],
    ['deleted', 'AzureKeyVaultKeyNotFound', () => void cloud.world.keyVault.deleteKey('vault', 'cmk')],
    [
      'forbidden',
      'AzureKeyVaultMissingPermissionsMessage',
      () => revoke(cloud.world, cloud.world.mysql.servers.single(ORDERS)?.identity?.principalId ?? ''),
    ],
  ])('a revalidation with a key that is %s fails with %s', async (_case, code, spoil) => {
    const { mysql, revalidate } = await start();
    spoil();
    await untilRefused();
    await expect(revalidate().then(finished)).rejects.toThrow(`The long-running operation has failed. ${code}.`);
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Inaccessible');
    expect(availabilityOf(cloud.world, ORDERS).history.at(-1)).toMatchObject({
      kind: 'revalidationFailed',
      reason: { code },
    });
  });

  it('while Inaccessible permits nothing but what gives it its key back', async () => {
    const { mysql, key } = await start();
    setPinned(cloud.world, { enabled: false });
    await untilRefused();
    const refused = { statusCode: 409, code: 'ServerUnavailableForOperation' };
    await expect(mysql.servers.beginUpdate('data', 'orders', { tags: { a: 'b' } })).rejects.toMatchObject(refused);
    const owner = clientsOf(
      cloud,
      cloud.world.entra.principals().find(({ name }) => name === 'owner'),
    );
    await expect(owner.mysql.serverKeys.beginDelete('orders', key.name, 'data')).rejects.toMatchObject(refused);
  });

  it('gets a new identity when Entra no longer knows the one it had, and needs a grant for it', async () => {
    const { mysql, revalidate } = await start();
    const before = (await mysql.servers.get('data', 'orders')).identity?.principalId;
    cloud.world.entra.deleteIdentity(ORDERS);
    await untilRefused();
    await expect(revalidate().then(finished)).rejects.toThrow('AzureKeyVaultNoServerIdentity');
    await finished(await mysql.servers.beginUpdate('data', 'orders', { identity: { type: 'SystemAssigned' } }));
    const after = (await mysql.servers.get('data', 'orders')).identity?.principalId ?? '';
    expect(after).not.toBe(before);
    await expect(revalidate().then(finished)).rejects.toThrow('AzureKeyVaultMissingPermissionsMessage');
    cloud.world.keyVault.changePolicies('vault', 'add', [
      { tenantId: cloud.world.entra.tenantId, objectId: after, permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] } },
    ]);
    await finished(await revalidate());
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Ready');
  });

  it('has no identity any more after a PATCH with the type None, and can use its key no longer', async () => {
    const { mysql, revalidate } = await start();
    await finished(
      await mysql.servers.beginUpdate('data', 'orders', { identity: { type: 'None' as 'SystemAssigned' } }),
    );
    expect((await mysql.servers.get('data', 'orders')).identity).toBeUndefined();
    await expect(revalidate().then(finished)).rejects.toThrow('AzureKeyVaultNoServerIdentity');
  });

  it('takes the storage that it has, as the Azure CLI sends it with an identity, and no other', async () => {
    const { mysql } = await start();
    const storageProfile = (await mysql.servers.get('data', 'orders')).storageProfile ?? {};
    const identity = { type: 'SystemAssigned' as const };
    await finished(await mysql.servers.beginUpdate('data', 'orders', { identity, storageProfile }));
    const other = { storageProfile: { ...storageProfile, storageMB: 1 } };
    await expect(mysql.servers.beginUpdate('data', 'orders', other)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('cannot be revalidated before a grant has become effective, which no API tells', async () => {
    const { mysql, revalidate } = await start({ propagationSeconds: 300 });
    const principalId = cloud.world.mysql.servers.single(ORDERS)?.identity?.principalId ?? '';
    revoke(cloud.world, principalId);
    await cloud.world.clock.advance(10 * MINUTE);
    const permissions = { keys: ['get', 'wrapKey', 'unwrapKey'] };
    const { tenantId } = cloud.world.entra;
    cloud.world.keyVault.changePolicies('vault', 'add', [{ tenantId, objectId: principalId, permissions }]);
    await expect(revalidate().then(finished)).rejects.toThrow('AzureKeyVaultMissingPermissionsMessage');
    await cloud.world.clock.advance(5 * MINUTE);
    await finished(await revalidate());
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Ready');
  });

  it('does one operation at a time', async () => {
    const { mysql, revalidate } = await start();
    const first = await revalidate();
    await expect(revalidate()).rejects.toMatchObject({ statusCode: 409, code: 'OperationInProgress' });
    await finished(first);
    await finished(await mysql.servers.beginUpdate('data', 'orders', { tags: { owner: 'finance' } }));
    expect((await mysql.servers.get('data', 'orders')).tags).toEqual({ owner: 'finance' });
  });

  it('accepts a key under its own name only, and only with its version', async () => {
    const { mysql, key } = await start();
    const put = (name: string, uri: string) =>
      mysql.serverKeys.beginCreateOrUpdate('orders', name, 'data', { serverKeyType: 'AzureKeyVault', uri });
    await expect(put('anything', key.uri)).rejects.toMatchObject({ statusCode: 400, code: 'InvalidKeyName' });
    const versionless = key.uri.split('/').slice(0, -1).join('/');
    await expect(put('vault_cmk', versionless)).rejects.toMatchObject({
      statusCode: 400,
      code: 'AzureKeyVaultInvalidUri',
    });
  });

  it('moves to another version of its key', async () => {
    const { mysql } = await start();
    const uri = cloud.world.keyVault.key('vault', 'cmk')?.versions[1]?.kid ?? '';
    const name = `vault_cmk_${uri.split('/').at(-1)}`;
    await finished(
      await mysql.serverKeys.beginCreateOrUpdate('orders', name, 'data', { serverKeyType: 'AzureKeyVault', uri }),
    );
    expect((await collected(mysql.serverKeys.list('data', 'orders'))).map((key) => key.uri)).toEqual([uri]);
    setPinned(cloud.world, { enabled: false });
    await untilRefused();
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Ready');
  });
});

describe('the life of a single server', () => {
  const asOwner = async () => {
    cloud = await mysqlCloud();
    return clientsOf(
      cloud,
      cloud.world.entra.principals().find(({ name }) => name === 'owner'),
    ).mysql;
  };
  const NEW = {
    location: 'Korea Central',
    identity: { type: 'SystemAssigned' as const },
    properties: {
      createMode: 'Default' as const,
      administratorLogin: 'admin1',
      administratorLoginPassword: 'not a secret here',
      version: '8.0' as const,
    },
  };

  it('begins with a service-managed key and an identity of its own', async () => {
    const mysql = await asOwner();
    const created = await finished(await mysql.servers.beginCreate('data', 'fresh', NEW));
    expect(created).toMatchObject({
      name: 'fresh',
      byokEnforcement: 'Disabled',
      userVisibleState: 'Ready',
      version: '8.0',
    });
    expect(created?.identity?.principalId).toBeDefined();
    expect(await collected(mysql.serverKeys.list('data', 'fresh'))).toEqual([]);
  });

  it('goes back to a service-managed key when its own is deleted', async () => {
    const mysql = await asOwner();
    const name = cloud.world.mysql.servers.single(ORDERS)?.key?.name ?? '';
    await finished(await mysql.serverKeys.beginDelete('orders', name, 'data'));
    expect((await mysql.servers.get('data', 'orders')).byokEnforcement).toBe('Disabled');
    await expect(mysql.serverKeys.get('data', 'orders', name)).rejects.toMatchObject({ code: 'ServerKeyNotFound' });
    setPinned(cloud.world, { enabled: false });
    await untilRefused();
    expect((await mysql.servers.get('data', 'orders')).userVisibleState).toBe('Ready');
  });

  it('ends with its deletion, which is permitted while it is Inaccessible', async () => {
    const mysql = await asOwner();
    setPinned(cloud.world, { enabled: false });
    await untilRefused();
    await finished(await mysql.servers.beginDelete('data', 'orders'));
    await expect(mysql.servers.get('data', 'orders')).rejects.toMatchObject({ code: 'ResourceNotFound' });
    expect(cloud.world.entra.managedIdentity(ORDERS)).toBeUndefined();
  });

  it('names every fault of a body that it cannot read', async () => {
    const mysql = await asOwner();
    const wrong = { ...NEW, identity: { type: 'UserAssigned' }, properties: { ...NEW.properties, version: '9.9' } };
    await expect(mysql.servers.beginCreate('data', 'fresh', wrong)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidRequestContent',
      message: expect.stringMatching(/identity\.type.*properties\.version/),
    });
  });
});
