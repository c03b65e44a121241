import { describe, expect, it } from 'vitest';
import { all, named } from '../sdk.ts';
import { aVault, GROUP, VAULT } from './vault-cloud.ts';

const asOwner = async (properties = {}) => {
  const cloud = await aVault(properties);
  const owner = named(cloud.cloud, 'owner');
  const arm = cloud.armAs(owner);
  const body = (more = {}) => ({
    location: 'koreacentral',
    properties: {
      tenantId: cloud.world.entra.tenantId,
      sku: { family: 'A' as const, name: 'standard' as const },
      ...more,
    },
  });
  return { ...cloud, owner, arm, vaults: arm.vaults, body };
};

describe('vaults on the control plane', () => {
  it('are made with Azure RBAC unless the request chooses access policies', async () => {
    const { vaults, body } = await asOwner();
    const made = await vaults.createOrUpdate(GROUP, 'fabrikam', body());
    expect(made.properties).toMatchObject({
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: 'Enabled',
      vaultUri: 'https://fabrikam.vault.azure.net/',
    });
    const other = await vaults.createOrUpdate(GROUP, 'tailspin', body({ enableRbacAuthorization: false }));
    expect(other.properties.enableRbacAuthorization).toBe(false);
  });

  it('lose every access policy to a PUT that brings none, and keep their permission model', async () => {
    const { vaults, body } = await asOwner();
    expect((await vaults.get(GROUP, VAULT)).properties.accessPolicies).toHaveLength(1);
    const { properties } = await vaults.createOrUpdate(GROUP, VAULT, body({ accessPolicies: [] }));
    expect(properties.accessPolicies).toEqual([]);
    expect(properties.enableRbacAuthorization ?? null).toBeNull();
  });

  it('change by PATCH only in what it says', async () => {
    const { vaults } = await asOwner();
    const before = await vaults.get(GROUP, VAULT);
    const after = await vaults.update(GROUP, VAULT, {
      tags: { owner: 'data' },
      properties: { networkAcls: { defaultAction: 'Deny' } },
    });
    expect(after.tags).toEqual({ owner: 'data' });
    expect(after.properties.accessPolicies).toEqual(before.properties.accessPolicies);
    expect(after.properties.networkAcls).toEqual({
      bypass: 'AzureServices',
      defaultAction: 'Deny',
      ipRules: [],
      virtualNetworkRules: [],
    });
  });

  it.each(['fabrikam', 'FABRIKAM'])('have a name in the whole world: %s is taken', async (name) => {
    const { vaults, body, world } = await asOwner();
    await vaults.createOrUpdate(GROUP, 'fabrikam', body());
    world.subscriptions.addGroup({ subscription: world.subscriptions.all()[0]?.id ?? '', name: 'elsewhere' });
    await expect(vaults.createOrUpdate('elsewhere', name, body())).rejects.toMatchObject({
      statusCode: 409,
      code: 'VaultAlreadyExists',
    });
  });

  it.each([
    ['purge protection cannot be switched off', { enablePurgeProtection: false }],
    ['the retention cannot be changed', { softDeleteRetentionInDays: 7 }],
    ['soft delete cannot be switched off', { enableSoftDelete: false }],
  ])('are protected from regret: %s', async (_, properties) => {
    const { vaults } = await asOwner({ purgeProtection: true, softDeleteRetention: 90 });
    await expect(vaults.update(GROUP, VAULT, { properties })).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadRequest',
    });
  });

  it.each([
    [6, 400],
    [7, 200],
    [90, 200],
    [91, 400],
  ])('keep what is deleted for 7 to 90 days: %d is answered %d', async (softDeleteRetentionInDays, status) => {
    const { vaults, body } = await asOwner();
    const answered = vaults.createOrUpdate(GROUP, 'fabrikam', body({ softDeleteRetentionInDays })).then(
      () => 200,
      ({ statusCode }) => statusCode,
    );
    expect(await answered).toBe(status);
  });

  it('are listed, page by page, by subscription and by resource group', async () => {
    const { vaults, world } = await asOwner();
    const subscription = world.subscriptions.all()[0]?.id ?? '';
    world.subscriptions.addGroup({ subscription, name: 'elsewhere' });
    world.keyVault.createVault({ subscription, group: 'elsewhere', name: 'fabrikam', location: 'koreasouth' });
    const names = async (list: AsyncIterable<{ name?: string }>) => (await all(list)).map(({ name }) => name);
    expect(await names(vaults.listBySubscription({ top: 1 }))).toEqual([VAULT, 'fabrikam']);
    expect(await names(vaults.listByResourceGroup(GROUP))).toEqual([VAULT]);
    expect(await names(vaults.list())).toEqual([VAULT, 'fabrikam']);
  });

  it('that are deleted are gone, with their role assignments, but keep their name', async () => {
    const { vaults, world, vault, product, body, keysAs } = await asOwner();
    world.rbac.assign({ scope: vault.id, role: 'Key Vault Reader', principalId: product.objectId });
    await vaults.delete(GROUP, VAULT);
    await expect(vaults.get(GROUP, VAULT)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    expect(world.rbac.assignments().filter(({ scope }) => scope === vault.id)).toEqual([]);
    await expect(vaults.createOrUpdate(GROUP, VAULT, body())).rejects.toMatchObject({ code: 'ConflictError' });
    await expect(keysAs(product).getKey('cmk')).rejects.toBeDefined();
  });

  it('are not to be deleted by the product', async () => {
    const { armAs, product } = await asOwner();
    await expect(armAs(product).vaults.delete(GROUP, VAULT)).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
  });
});

describe('access policies on the control plane', () => {
  it('are joined to what the identity has, without touching the others', async () => {
    const { product, officer, vault, vaults } = await asOwner();
    const entry = (keys: string[]) => ({ tenantId: vault.tenantId, objectId: product.objectId, permissions: { keys } });
    const put = (operation: 'add' | 'remove', keys: string[]) =>
      vaults.updateAccessPolicy(GROUP, VAULT, operation, { properties: { accessPolicies: [entry(keys)] } });
    await put('add', ['get']);
    await put('add', ['Get', 'wrapKey']);
    const policies = async () => (await vaults.get(GROUP, VAULT)).properties.accessPolicies ?? [];
    expect((await policies()).map(({ objectId, permissions }) => [objectId, permissions?.keys])).toEqual([
      [officer.objectId, ['all']],
      [product.objectId, ['get', 'wrapKey']],
    ]);
    await put('remove', ['get', 'wrapKey']);
    expect((await policies()).map(({ objectId }) => objectId)).toEqual([officer.objectId]);
  });
});

describe('keys on the control plane', () => {
  it('are read with their versions and attributes in seconds', async () => {
    const { armAs, product, keys, later } = await aVault();
    const created = await keys.createRsaKey('cmk', { expiresOn: later(60_000), tags: { team: 'orders' } });
    const current = await keys.rotateKey('cmk');
    const arm = armAs(product).keys;
    expect(await arm.get(GROUP, VAULT, 'cmk')).toMatchObject({
      keyUri: `https://${VAULT}.vault.azure.net/keys/cmk`,
      keyUriWithVersion: current.id,
    });
    const version = await arm.getVersion(GROUP, VAULT, 'cmk', created.properties.version ?? '');
    expect(version.attributes?.expires).toBe(later(60_000).getTime() / 1000);
    expect((await all(arm.listVersions(GROUP, VAULT, 'cmk'))).map(({ name }) => name)).toEqual([
      created.properties.version,
      current.properties.version,
    ]);
    expect((await all(arm.list(GROUP, VAULT))).map(({ name }) => name)).toEqual(['cmk']);
  });

  it('are refused with 400 ForbiddenByRbac, not with 403', async () => {
    const { armAs, keys, world } = await aVault();
    await keys.createRsaKey('cmk');
    const stranger = world.entra.createServicePrincipal({ name: 'stranger' });
    await expect(armAs(stranger).keys.get(GROUP, VAULT, 'cmk')).rejects.toMatchObject({
      statusCode: 400,
      code: 'ForbiddenByRbac',
    });
  });

  it('do not show what is deleted', async () => {
    const { armAs, product, keys } = await aVault();
    await keys.createRsaKey('cmk');
    await keys.beginDeleteKey('cmk');
    await expect(armAs(product).keys.get(GROUP, VAULT, 'cmk')).rejects.toMatchObject({ statusCode: 404 });
    expect(await all(armAs(product).keys.list(GROUP, VAULT))).toEqual([]);
  });
});
