import { describe, expect, it } from 'vitest';
import { aVault, MINUTE, refusal } from './vault-cloud.ts';

const accessDenied = refusal(403, 'Forbidden', 'AccessDenied');
const forbiddenByRbac = refusal(403, 'Forbidden', 'ForbiddenByRbac');

describe('who may do what with the keys of a vault with access policies', () => {
  it('is what their policy says, operation by operation', async () => {
    const { world, vault, keys, keysAs, product } = await aVault();
    await keys.createRsaKey('cmk');
    const asProduct = keysAs(product);
    await expect(asProduct.getKey('cmk')).rejects.toMatchObject(accessDenied);
    const policy = { tenantId: vault.tenantId, objectId: product.objectId, permissions: { keys: ['Get', 'Update'] } };
    world.keyVault.changePolicies(vault.name, 'add', [policy]);
    await expect(asProduct.getKey('cmk')).resolves.toBeDefined();
    await expect(asProduct.updateKeyProperties('cmk', { enabled: true })).resolves.toBeDefined();
    await expect(asProduct.rotateKey('cmk')).rejects.toMatchObject(accessDenied);
    await expect(asProduct.beginDeleteKey('cmk')).rejects.toMatchObject(accessDenied);
  });

  it('names caller, permission and vault when it refuses', async () => {
    const { keysAs, product } = await aVault();
    const { appId, objectId, tenantId } = product;
    await expect(keysAs(product).getKey('cmk')).rejects.toThrow(
      `The user, group or application 'appid=${appId};oid=${objectId};iss=https://sts.windows.net/${tenantId}/' ` +
        "does not have keys get permission on key vault 'contoso;location=koreacentral'.",
    );
  });

  it('does not change by a role', async () => {
    const { world, vault, keysAs, product } = await aVault();
    world.rbac.assign({ scope: vault.id, role: 'Key Vault Administrator', principalId: product.objectId });
    await expect(keysAs(product).getKey('cmk')).rejects.toMatchObject(accessDenied);
  });

  it('changes when the propagation of a policy has ended, not when it was written', async () => {
    const { world, vault, officer, keys, advance } = await aVault({}, { switches: { propagationSeconds: 120 } });
    await keys.createRsaKey('cmk');
    const policy = { tenantId: vault.tenantId, objectId: officer.objectId, permissions: {} };
    world.keyVault.changePolicies(vault.name, 'remove', [policy]);
    await advance(MINUTE);
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
    await advance(MINUTE);
    await expect(keys.getKey('cmk')).rejects.toMatchObject(accessDenied);
  });
});

describe('who may do what with the keys of a vault with Azure RBAC', () => {
  it('is what role assignments at the key or above it say; policies mean nothing', async () => {
    const { world, vault, officer, keys, keysAs, product } = await aVault({ rbac: true });
    await expect(keys.createRsaKey('cmk')).rejects.toMatchObject(forbiddenByRbac);
    world.rbac.assign({ scope: vault.id, role: 'Key Vault Crypto Officer', principalId: officer.objectId });
    await keys.createRsaKey('cmk');
    await keys.createRsaKey('other');
    const stranger = world.entra.createServicePrincipal({ name: 'stranger' });
    const scope = `${vault.id}/keys/cmk`;
    world.rbac.assign({ scope, role: 'Key Vault Crypto Officer', principalId: stranger.objectId });
    await expect(keysAs(stranger).getKey('cmk')).resolves.toBeDefined();
    await expect(keysAs(stranger).getKey('other')).rejects.toMatchObject(forbiddenByRbac);
    await expect(keysAs(product).getKey('cmk')).resolves.toBeDefined();
    await expect(keysAs(product).rotateKey('cmk')).rejects.toMatchObject(forbiddenByRbac);
  });

  it('changes at once for everybody when the vault changes its model', async () => {
    const { world, vault, keys } = await aVault();
    await keys.createRsaKey('cmk');
    world.keyVault.updateVault(vault.name, { rbac: true });
    await expect(keys.getKey('cmk')).rejects.toMatchObject(forbiddenByRbac);
    world.keyVault.updateVault(vault.name, { rbac: false });
    await expect(keys.getKey('cmk')).resolves.toBeDefined();
  });

  it('is nothing to somebody of another tenant', async () => {
    const { world, keysAs } = await aVault();
    const foreigner = world.entra.createServicePrincipal({
      name: 'foreigner',
      tenantId: 'ffffffff-0000-4000-8000-000000000000',
    });
    await expect(keysAs(foreigner).getKey('cmk')).rejects.toMatchObject({ statusCode: 401 });
  });
});
