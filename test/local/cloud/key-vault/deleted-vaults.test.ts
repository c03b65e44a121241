import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { describe, expect, it } from 'vitest';
import type { CloudOptions } from '../../../../local/cloud/cloud.ts';
import { guid } from '../../../../local/cloud/draw.ts';
import { aCloud, all, credentialOf, named, throughProxy } from '../sdk.ts';
import { aVault, DAY, GROUP, refusal, SECOND, VAULT } from './vault-cloud.ts';

const LOCATION = 'koreacentral';
const closed = { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } as const;

/** A vault with a key that its owner works on; `recover` sends the PUT of the Azure CLI and waits for its end. */
const asOwner = async (properties = {}, options: Partial<CloudOptions> = {}) => {
  const cloud = await aVault({ tags: { team: 'orders' }, ...properties }, options);
  const { world, vault, officer } = cloud;
  const { kid } = world.keyVault.createKey(VAULT, 'cmk');
  const { vaults } = cloud.armAs(named(cloud.cloud, 'owner'));
  const body = (more = {}, location = LOCATION) => ({
    location,
    properties: {
      tenantId: vault.tenantId,
      sku: { family: 'A' as const, name: 'standard' as const },
      createMode: 'recover' as const,
      ...more,
    },
  });
  const use = () =>
    world.keyVault.use(
      { principalId: officer.objectId, tenantId: officer.tenantId, trustedService: true },
      kid,
      'unwrapKey',
    );
  const recover = async (more = {}) => {
    const poller = vaults.createOrUpdate(GROUP, VAULT, body(more), { updateIntervalInMs: 1 });
    await poller.poll();
    await world.clock.advance(60 * SECOND);
    return poller.pollUntilDone();
  };
  return { ...cloud, kid, vaults, body, use, recover };
};

describe('a deleted vault', () => {
  it('is listed in its subscription and found at its location, with the day on which it will be purged', async () => {
    const { vaults, vault } = await asOwner({ softDeleteRetention: 7, purgeProtection: true });
    await vaults.delete(GROUP, VAULT);
    const deleted = {
      name: VAULT,
      properties: {
        vaultId: vault.id,
        location: LOCATION,
        deletionDate: new Date('2026-11-22T00:00:00Z'),
        scheduledPurgeDate: new Date('2026-11-29T00:00:00Z'),
        tags: { team: 'orders' },
        purgeProtectionEnabled: true,
      },
    };
    expect(await vaults.getDeleted(VAULT, 'Korea Central')).toMatchObject(deleted);
    expect(await all(vaults.listDeleted())).toMatchObject([deleted]);
    await expect(vaults.getDeleted(VAULT, 'koreasouth')).rejects.toMatchObject({
      statusCode: 404,
      code: 'DeletedVaultNotFound',
    });
  });

  it('answers nobody: neither the product nor a server can use its keys', async () => {
    const { vaults, keys, use } = await asOwner();
    await vaults.delete(GROUP, VAULT);
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'VaultNotFound'));
    expect(await use()).toMatchObject({ ok: false, status: 404, code: 'VaultNotFound' });
    expect(await all(vaults.listBySubscription())).toEqual([]);
  });

  it('is seen in its own subscription only, but keeps its name from every other', async () => {
    const { vaults, world, cloud, body } = await asOwner();
    await vaults.delete(GROUP, VAULT);
    const other = world.subscriptions.add({ id: guid('other'), name: 'Other', tenantId: world.entra.tenantId }).id;
    world.subscriptions.addGroup({ subscription: other, name: GROUP });
    const owner = named(cloud, 'owner');
    world.rbac.assign({ scope: `/subscriptions/${other}`, role: 'Owner', principalId: owner.objectId });
    const elsewhere = new KeyVaultManagementClient(credentialOf(cloud, owner), other, throughProxy(cloud)).vaults;
    expect(await all(elsewhere.listDeleted())).toEqual([]);
    await expect(elsewhere.getDeleted(VAULT, LOCATION)).rejects.toMatchObject({ code: 'DeletedVaultNotFound' });
    const put = (createMode: string) => elsewhere.createOrUpdate(GROUP, VAULT, body({ createMode }));
    await expect(put('default')).rejects.toMatchObject({ statusCode: 409, code: 'VaultAlreadyExists' });
    await expect(put('recover')).rejects.toMatchObject({ statusCode: 400, code: 'SoftDeletedVaultDoesNotExist' });
  });

  it('takes the key from its server, whose access comes back with it', async () => {
    const cloud = await aCloud({ world: 'mysql-single', switches: { inaccessibleAfterSeconds: 30 } });
    const { clock, keyVault, mysql } = cloud.world;
    const condition = () => mysql.servers.all()[0]?.availability.condition;
    keyVault.deleteVault('kv-orders');
    await clock.advance(5 * 60 * SECOND);
    expect(condition()).toBe('inaccessible');
    keyVault.recoverVault('kv-orders');
    await clock.advance(60 * SECOND);
    const [server] = mysql.servers.all();
    const principalId = (server?.generation === 'single' && server.identity?.principalId) || '';
    const kid = (server?.generation === 'single' && server.key?.uri) || '';
    const user = { principalId, tenantId: cloud.world.entra.tenantId, trustedService: true };
    expect(await keyVault.use(user, kid, 'unwrapKey')).toEqual({ ok: true });
  });

  it('can only be recovered where it was, not made anew', async () => {
    const { vaults, body } = await asOwner();
    await vaults.delete(GROUP, VAULT);
    await expect(vaults.createOrUpdate(GROUP, VAULT, body({ createMode: 'default' }))).rejects.toMatchObject({
      statusCode: 409,
      code: 'ConflictError',
    });
  });

  it('is gone when its retention has passed, protected or not, and its name is free', async () => {
    const { vaults, body, advance } = await asOwner({ softDeleteRetention: 7, purgeProtection: true });
    await vaults.delete(GROUP, VAULT);
    await advance(7 * DAY - SECOND);
    expect(await all(vaults.listDeleted())).toHaveLength(1);
    await advance(SECOND);
    expect(await all(vaults.listDeleted())).toEqual([]);
    await expect(vaults.createOrUpdate(GROUP, VAULT, body())).rejects.toMatchObject({
      code: 'SoftDeletedVaultDoesNotExist',
    });
    await vaults.createOrUpdate(GROUP, VAULT, body({ createMode: 'default' }));
  });

  it('outlives the retention of an earlier deletion from which it was recovered', async () => {
    const { vaults, recover, advance } = await asOwner({ softDeleteRetention: 7 });
    await vaults.delete(GROUP, VAULT);
    await advance(6 * DAY);
    await recover();
    await vaults.delete(GROUP, VAULT);
    await advance(2 * DAY);
    expect(await all(vaults.listDeleted())).toHaveLength(1);
  });
});

describe('a purge', () => {
  it('ends a vault for good, as a long-running operation', async () => {
    const { vaults, world, body } = await asOwner();
    await vaults.delete(GROUP, VAULT);
    const poller = vaults.purgeDeleted(VAULT, LOCATION, { updateIntervalInMs: 1 });
    await poller.poll();
    expect(await all(vaults.listDeleted())).toHaveLength(1);
    await world.clock.advance(10 * SECOND);
    await poller.pollUntilDone();
    expect(await all(vaults.listDeleted())).toEqual([]);
    await vaults.createOrUpdate(GROUP, VAULT, body({ createMode: 'default' }));
    expect(world.keyVault.key(VAULT, 'cmk')).toBeUndefined();
  });

  it('is refused by purge protection, which nobody can take away', async () => {
    const { vaults } = await asOwner({ purgeProtection: true });
    await vaults.delete(GROUP, VAULT);
    await expect(vaults.purgeDeleted(VAULT, LOCATION)).rejects.toMatchObject({
      statusCode: 405,
      code: 'MethodNotAllowed',
    });
  });

  it('needs its own permission, which Key Vault Contributor lacks', async () => {
    const { vaults, world, armAs } = await asOwner();
    const contributor = world.entra.createServicePrincipal({ name: 'contributor' });
    const scope = `/subscriptions/${world.subscriptions.all()[0]?.id}`;
    world.rbac.assign({ scope, role: 'Key Vault Contributor', principalId: contributor.objectId });
    await vaults.delete(GROUP, VAULT);
    const own = armAs(contributor).vaults;
    expect(await own.getDeleted(VAULT, LOCATION)).toMatchObject({ name: VAULT });
    await expect(own.purgeDeleted(VAULT, LOCATION)).rejects.toMatchObject({ code: 'AuthorizationFailed' });
  });
});

describe('a recovery', () => {
  it('brings back keys, access policies, network rules and tags, whatever else it says', async () => {
    const { vaults, recover, keys, kid } = await asOwner({ networkAcls: { ...closed, defaultAction: 'Allow' } });
    const before = await vaults.get(GROUP, VAULT);
    await vaults.delete(GROUP, VAULT);
    await recover({ accessPolicies: [], networkAcls: { defaultAction: 'Deny' }, enablePurgeProtection: true });
    expect(await vaults.get(GROUP, VAULT)).toEqual(before);
    expect((await keys.getKey('cmk')).id).toBe(kid);
  });

  it('brings back nothing that hung on the vault: roles, event subscriptions, locks, diagnostic settings', async () => {
    const { world, vaults, vault, product, recover } = await asOwner({ rbac: true });
    const [role, principalId, name] = ['Key Vault Reader', product.objectId, 'guardian'];
    for (const scope of [vault.id, `${vault.id}/keys/cmk`]) world.rbac.assign({ scope, role, principalId });
    world.eventGrid.beginSubscribe({ name, scope: vault.id, endpointUrl: 'http://127.0.0.1:9/' });
    world.locks.put({ name, scope: vault.id, level: 'CanNotDelete' });
    world.diagnosticSettings.put({ name, scope: vault.id, workspaceId: '/w', logs: [], metrics: [] });
    const below = ({ scope }: { scope: string }) => scope.startsWith(vault.id);
    const hanging = () => [
      world.rbac.assignments().filter(below).length,
      world.eventGrid.subscriptions().filter(below).length,
      world.locks.all().filter(below).length,
      world.diagnosticSettings.all().filter(below).length,
    ];
    expect(hanging()).toEqual([2, 1, 1, 1]);
    world.locks.remove(vault.id, name);
    await vaults.delete(GROUP, VAULT);
    await recover();
    expect(hanging()).toEqual([0, 0, 0, 0]);
  });

  it('takes a while: the vault is there at once, its keys only when it is provisioned', async () => {
    const { vaults, body, keys, use, advance } = await asOwner();
    await vaults.delete(GROUP, VAULT);
    await vaults.createOrUpdate(GROUP, VAULT, body(), { updateIntervalInMs: 1 }).poll();
    expect((await vaults.get(GROUP, VAULT)).properties.provisioningState).toBe('RegisteringDns');
    await expect(keys.getKey('cmk')).rejects.toMatchObject(refusal(404, 'VaultNotFound'));
    await expect(vaults.createOrUpdate(GROUP, VAULT, body())).rejects.toMatchObject({ code: 'ConflictError' });
    await advance(60 * SECOND);
    expect((await vaults.get(GROUP, VAULT)).properties.provisioningState).toBe('Succeeded');
    expect(await use()).toEqual({ ok: true });
  });

  it.each([
    [true, true],
    [undefined, true],
    [false, null],
  ])('keeps Azure RBAC where the switch recoverKeepsRbac is %s: %s', async (recoverKeepsRbac, expected) => {
    const switches = recoverKeepsRbac === undefined ? {} : { recoverKeepsRbac };
    const { vaults, recover } = await asOwner({ rbac: true }, { switches });
    await vaults.delete(GROUP, VAULT);
    await recover();
    expect((await vaults.get(GROUP, VAULT)).properties.enableRbacAuthorization ?? null).toBe(expected);
  });

  it('finds nothing elsewhere, nor where nothing was deleted', async () => {
    const { vaults, body, world } = await asOwner();
    const subscription = world.subscriptions.all()[0]?.id ?? '';
    world.subscriptions.addGroup({ subscription, name: 'elsewhere' });
    const nothing = { statusCode: 400, code: 'SoftDeletedVaultDoesNotExist' };
    await expect(vaults.createOrUpdate(GROUP, VAULT, body())).rejects.toMatchObject(nothing);
    await vaults.delete(GROUP, VAULT);
    await expect(vaults.createOrUpdate(GROUP, VAULT, body({}, 'koreasouth'))).rejects.toMatchObject(nothing);
    await expect(vaults.createOrUpdate('elsewhere', VAULT, body())).rejects.toMatchObject(nothing);
  });
});
