import { describe, expect, it } from 'vitest';
import type { KeyOperation } from '../../../../local/cloud/service.ts';
import { aVault, DAY, MINUTE, SECOND, VAULT } from './vault-cloud.ts';

/** A server with a managed identity, which may get, wrap and unwrap with the keys of the vault. */
const aServer = async (options = {}) => {
  const cloud = await aVault({}, options);
  const { world, vault } = cloud;
  const identity = world.entra.createSystemIdentity(
    `${vault.id.replace(/providers.*/, '')}providers/Microsoft.DBforMySQL/servers/orders`,
  );
  const policy = {
    tenantId: vault.tenantId,
    objectId: identity.objectId,
    permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
  };
  world.keyVault.changePolicies(VAULT, 'add', [policy]);
  const { kid, version } = world.keyVault.createKey(VAULT, 'cmk');
  const user = { principalId: identity.objectId, tenantId: identity.tenantId, trustedService: true };
  const use = (operation: KeyOperation, key = kid) => world.keyVault.use(user, key, operation);
  return { ...cloud, identity, policy, kid, version, use };
};

const refused = (status: number, code: string, inner?: string) => ({
  ok: false,
  status,
  code,
  ...(inner ? { inner } : {}),
});

describe('a server with its key', () => {
  it('does what its policy allows', async () => {
    const { use } = await aServer();
    expect(await use('get')).toEqual({ ok: true });
    expect(await use('wrapKey')).toEqual({ ok: true });
    expect(await use('unwrapKey')).toEqual({ ok: true });
    expect(await use('list')).toMatchObject(refused(403, 'Forbidden', 'AccessDenied'));
  });

  it('uses one of a Managed HSM, which has the name of a vault, as that lets it', async () => {
    const { kid, use, world } = await aServer();
    const hsm = kid.replace('.vault.', '.managedhsm.');
    world.keyVault.deleteKey(VAULT, 'cmk');
    expect(await use('wrapKey', hsm)).toEqual({ ok: true });
    world.switches.managedHsm = 'refuses';
    expect(await use('unwrapKey', hsm)).toMatchObject(refused(403, 'Forbidden'));
  });

  it('unwraps but does not wrap once the version that it pins has expired', async () => {
    const { world, use, version, advance, later } = await aServer();
    world.keyVault.createKey(VAULT, 'cmk');
    world.keyVault.setAttributes(VAULT, 'cmk', version, { exp: later(DAY).getTime() / SECOND });
    expect(await use('wrapKey')).toEqual({ ok: true });
    await advance(DAY);
    expect(await use('wrapKey')).toMatchObject(refused(403, 'Forbidden', 'KeyExpired'));
    expect(await use('unwrapKey')).toEqual({ ok: true });
  });

  it('does nothing with a disabled version, and everything again when that is enabled', async () => {
    const { world, use, version } = await aServer();
    world.keyVault.setAttributes(VAULT, 'cmk', version, { enabled: false });
    expect(await use('unwrapKey')).toMatchObject(refused(403, 'Forbidden', 'KeyDisabled'));
    world.keyVault.setAttributes(VAULT, 'cmk', version, { enabled: true });
    expect(await use('unwrapKey')).toEqual({ ok: true });
  });

  it('finds neither a deleted key nor a deleted vault', async () => {
    const { world, use, kid } = await aServer();
    world.keyVault.deleteKey(VAULT, 'cmk');
    expect(await use('unwrapKey')).toMatchObject(refused(404, 'KeyNotFound'));
    world.keyVault.deleteVault(VAULT);
    expect(await use('unwrapKey')).toMatchObject(refused(404, 'VaultNotFound'));
    expect(await use('unwrapKey', kid.replace(VAULT, 'nowhere'))).toMatchObject(refused(404, 'VaultNotFound'));
  });

  it('is nobody once its identity is deleted', async () => {
    const { world, use, identity } = await aServer();
    world.entra.deleteIdentity(identity.resourceId ?? '');
    expect(await use('unwrapKey')).toMatchObject(refused(401, 'Unauthorized'));
  });

  it('feels a removed policy and its return only when they have propagated', async () => {
    const { world, use, policy, advance } = await aServer({ switches: { propagationSeconds: 120 } });
    expect(await use('unwrapKey')).toMatchObject(refused(403, 'Forbidden', 'AccessDenied'));
    await advance(2 * MINUTE);
    expect(await use('unwrapKey')).toEqual({ ok: true });
    world.keyVault.changePolicies(VAULT, 'remove', [policy]);
    expect(await use('unwrapKey')).toEqual({ ok: true });
    await advance(2 * MINUTE);
    expect(await use('unwrapKey')).toMatchObject(refused(403, 'Forbidden', 'AccessDenied'));
  });
});
