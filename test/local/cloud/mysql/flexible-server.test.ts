import { afterEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { subscriptionId } from '../../../../local/cloud/worlds/product.ts';
import { clientsOf, finished, mysqlCloud, untilRefused } from './mysql-cloud.ts';
import { availabilityOf, expireIn, PLAN, revoke, setPinned, WEB } from './mysql-world.ts';

const V = '2024-12-30';

type Properties = {
  state: string;
  maintenancePolicy?: unknown;
  dataEncryption: { type: string; primaryKeyURI: string; primaryUserAssignedIdentityId: string };
};

let cloud: Cloud;
afterEach(() => cloud.close());

const start = async (switches = {}, plan = PLAN) => {
  cloud = await mysqlCloud(switches, plan);
  const { resources } = clientsOf(cloud);
  const properties = async (apiVersion = V) => (await resources.getById(WEB, apiVersion)).properties as Properties;
  const state = async () => (await properties()).state;
  const { dataEncryption } = await properties();
  const identity = (id: string) => ({ type: 'UserAssigned' as const, userAssignedIdentities: { [id]: {} } });
  const body = { identity: identity(dataEncryption.primaryUserAssignedIdentityId), properties: { dataEncryption } };
  return {
    resources,
    properties,
    state,
    identity,
    dataEncryption,
    revalidate: () => resources.updateById(WEB, V, body),
  };
};

const disabledUntilRefused = async () => {
  setPinned(cloud.world, { enabled: false });
  await untilRefused();
};

const principalId = () =>
  Object.values(cloud.world.mysql.servers.flexible(WEB)?.identities ?? {})[0]?.principalId ?? '';

describe('a MySQL flexible server, by the generic resources of @azure/arm-resources', () => {
  it.each(['2023-12-30', '2024-12-30'])('reads as documented with api-version %s', async (apiVersion) => {
    const { resources, properties, dataEncryption } = await start();
    expect(await resources.getById(WEB, apiVersion)).toMatchObject({
      id: WEB,
      name: 'web',
      type: 'Microsoft.DBforMySQL/flexibleServers',
      identity: {
        type: 'UserAssigned',
        userAssignedIdentities: { [dataEncryption.primaryUserAssignedIdentityId]: { principalId: principalId() } },
      },
      properties: { state: 'Ready', replicationRole: 'None' },
    });
    const read = await properties(apiVersion);
    expect(read.dataEncryption).toEqual({
      type: 'AzureKeyVault',
      primaryKeyURI: cloud.world.keyVault.key('vault', 'cmk')?.versions[0]?.kid,
      primaryUserAssignedIdentityId: expect.stringMatching(/userAssignedIdentities\/web-identity$/),
    });
    expect(read.maintenancePolicy !== undefined).toBe(apiVersion === '2024-12-30');
  });

  it('is not there under an api-version without customer-managed keys', async () => {
    const { resources } = await start();
    await expect(resources.getById(WEB, '2021-05-01')).rejects.toMatchObject({ statusCode: 400 });
  });

  it('stays Ready with an expired key, also when that key is revalidated', async () => {
    const { state, revalidate } = await start();
    expireIn(cloud.world, 0);
    await untilRefused();
    expect(await state()).toBe('Ready');
    await finished(revalidate());
    expect(await state()).toBe('Ready');
  });

  it('becomes Inaccessible with a disabled key and comes back only by a PATCH of what it has', async () => {
    const { state, revalidate } = await start();
    await disabledUntilRefused();
    expect(await state()).toBe('Inaccessible');
    setPinned(cloud.world, { enabled: true });
    await untilRefused();
    expect(await state()).toBe('Inaccessible');
    expect(await finished(revalidate())).toMatchObject({ properties: { state: 'Ready' } });
    expect(await state()).toBe('Ready');
    expect(availabilityOf(cloud.world, WEB).history.map(({ kind }) => kind)).toEqual(['keyLost', 'refused', 'ready']);
  });

  it('comes back with a role at its key as well as with an access policy', async () => {
    const [{ keys }] = PLAN.vaults;
    const { state, revalidate } = await start({}, { ...PLAN, vaults: [{ name: 'vault', permissions: 'roles', keys }] });
    await disabledUntilRefused();
    setPinned(cloud.world, { enabled: true });
    await finished(revalidate());
    expect(await state()).toBe('Ready');
  });

  it('stays Inaccessible in a world where a PATCH that changes nothing is ignored', async () => {
    const { state, revalidate } = await start({ flexibleNoChangePatch: 'ignored' });
    await disabledUntilRefused();
    setPinned(cloud.world, { enabled: true });
    await finished(revalidate());
    expect(await state()).toBe('Inaccessible');
  });

  it('comes back by a PATCH with another version in that world too', async () => {
    const { resources, state, identity, dataEncryption } = await start({ flexibleNoChangePatch: 'ignored' });
    await disabledUntilRefused();
    const primaryKeyURI = cloud.world.keyVault.key('vault', 'cmk')?.versions[1]?.kid;
    await finished(
      resources.updateById(WEB, V, {
        identity: identity(dataEncryption.primaryUserAssignedIdentityId),
        properties: { dataEncryption: { ...dataEncryption, primaryKeyURI } },
      }),
    );
    expect(await state()).toBe('Ready');
  });

  it.each([
    ['disabled', 'AzureKeyVaultKeyDisabledMessage', () => undefined],
    ['deleted', 'AzureKeyVaultKeyNotFound', () => void cloud.world.keyVault.deleteKey('vault', 'cmk')],
    ['forbidden', 'AzureKeyVaultMissingPermissionsMessage', () => revoke(cloud.world, principalId())],
  ])('a revalidation with a key that is %s fails with %s', async (_case, code, spoil) => {
    const { state, revalidate } = await start();
    await disabledUntilRefused();
    spoil();
    await expect(finished(revalidate())).rejects.toThrow(code);
    expect(await state()).toBe('Inaccessible');
  });

  it('refuses a caller who may write it but not assign its identity', async () => {
    const { dataEncryption, identity } = await start();
    const { entra, rbac } = cloud.world;
    const operator = entra.createServicePrincipal({ name: 'operator' });
    const scope = `/subscriptions/${subscriptionId}`;
    const actions = ['Microsoft.DBforMySQL/flexibleServers/*', 'Microsoft.DBforMySQL/locations/*/read'];
    const role = rbac.define({ roleName: 'MySQL operator', permissions: [{ actions }], scopes: [scope] });
    rbac.assign({ scope, role: role.name, principalId: operator.objectId });
    const { resources } = clientsOf(cloud, operator);
    const patch = { identity: identity(dataEncryption.primaryUserAssignedIdentityId), properties: { dataEncryption } };
    await expect(resources.updateById(WEB, V, patch)).rejects.toMatchObject({
      statusCode: 403,
      code: 'LinkedAuthorizationFailed',
    });
    await finished(resources.updateById(WEB, V, { properties: { dataEncryption } }));
  });

  it('shows that it is Updating and does one operation at a time', async () => {
    const { state, revalidate } = await start();
    const first = revalidate();
    await first.submitted();
    expect(await state()).toBe('Updating');
    await expect(revalidate()).rejects.toMatchObject({ statusCode: 409, code: 'ServerIsBusy' });
    await finished(first);
    expect(await state()).toBe('Ready');
  });

  it('while Inaccessible refuses to change its tags', async () => {
    const { resources } = await start();
    await disabledUntilRefused();
    await expect(resources.updateById(WEB, V, { tags: { a: 'b' } })).rejects.toMatchObject({
      statusCode: 409,
      code: 'ServerUnavailableForOperation',
    });
  });

  it('needs its identity assigned anew when it was deleted and made again', async () => {
    const { state, revalidate, dataEncryption } = await start();
    const id = dataEncryption.primaryUserAssignedIdentityId;
    cloud.world.entra.deleteIdentity(id);
    await untilRefused();
    const { objectId } = cloud.world.entra.createUserIdentity(id);
    const permissions = { keys: ['get', 'list', 'wrapKey', 'unwrapKey'] };
    cloud.world.keyVault.changePolicies('vault', 'add', [
      { tenantId: cloud.world.entra.tenantId, objectId, permissions },
    ]);
    await untilRefused();
    expect(await state()).toBe('Inaccessible');
    await finished(revalidate());
    expect(await state()).toBe('Ready');
    expect(principalId()).toBe(objectId);
  });

  it('must be able to use the key of its geo-redundant backup as well', async () => {
    const { resources, identity, dataEncryption, properties } = await start();
    const id = dataEncryption.primaryUserAssignedIdentityId;
    const geo = cloud.world.keyVault.createKey('vault', 'geo');
    const patch = {
      identity: identity(id),
      properties: {
        dataEncryption: { ...dataEncryption, geoBackupKeyURI: geo.kid, geoBackupUserAssignedIdentityId: id },
      },
    };
    cloud.world.keyVault.setAttributes('vault', 'geo', geo.version, { enabled: false });
    await expect(finished(resources.updateById(WEB, V, patch))).rejects.toThrow('AzureKeyVaultKeyDisabledMessage');
    expect((await properties()).dataEncryption).toEqual(dataEncryption);
    cloud.world.keyVault.setAttributes('vault', 'geo', geo.version, { enabled: true });
    await finished(resources.updateById(WEB, V, patch));
    expect((await properties()).dataEncryption).toEqual(patch.properties.dataEncryption);
    const without = { ...dataEncryption, geoBackupKeyURI: null, geoBackupUserAssignedIdentityId: null };
    await finished(resources.updateById(WEB, V, { properties: { dataEncryption: without } }));
    expect((await properties()).dataEncryption).toEqual(dataEncryption);
  });

  it('only uses identities that are assigned to it', async () => {
    const { resources, dataEncryption } = await start();
    const primaryUserAssignedIdentityId = dataEncryption.primaryUserAssignedIdentityId.replace('web-', 'other-');
    const patch = { properties: { dataEncryption: { ...dataEncryption, primaryUserAssignedIdentityId } } };
    await expect(resources.updateById(WEB, V, patch)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidParameterValue',
    });
  });

  it('lets go of every identity by the type None, and then of its key', async () => {
    const { resources, state } = await start();
    const taken = await finished(resources.updateById(WEB, V, { identity: { type: 'None' } }));
    expect(taken?.identity).toBeUndefined();
    await untilRefused();
    expect(await state()).toBe('Inaccessible');
  });

  it('is created with a key of its own', async () => {
    const { dataEncryption, identity } = await start();
    const { resources } = clientsOf(
      cloud,
      cloud.world.entra.principals().find(({ name }) => name === 'owner'),
    );
    const id = WEB.replace(/web$/, 'fresh');
    const administrator = { administratorLogin: 'admin1', administratorLoginPassword: 'not a secret here' };
    const made = await finished(
      resources.createOrUpdateById(id, V, {
        location: 'Korea Central',
        sku: { name: 'Standard_D2ds_v4', tier: 'GeneralPurpose' },
        identity: identity(dataEncryption.primaryUserAssignedIdentityId),
        properties: { ...administrator, dataEncryption },
      }),
    );
    expect(made).toMatchObject({ name: 'fresh', properties: { state: 'Ready', dataEncryption } });
    await finished(resources.deleteById(id, V));
    await expect(resources.getById(id, V)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
  });
});
