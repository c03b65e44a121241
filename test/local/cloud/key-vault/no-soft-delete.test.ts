import { describe, expect, it } from 'vitest';
import { aVault, VAULT } from './vault-cloud.ts';

const withoutSoftDelete = () => aVault({ softDelete: false });

describe('a vault without soft delete', () => {
  it('shows it, and that its keys can be lost', async () => {
    const { keys, world } = await withoutSoftDelete();
    world.keyVault.createKey(VAULT, 'cmk');
    expect(world.keyVault.vault(VAULT)?.softDelete).toBe(false);
    const { properties } = await keys.getKey('cmk');
    expect(properties).toMatchObject({ recoveryLevel: 'Purgeable' });
    expect(properties.recoverableDays).toBeUndefined();
  });

  it('loses a key that is deleted for good', async () => {
    const { world } = await withoutSoftDelete();
    world.keyVault.createKey(VAULT, 'cmk');
    world.keyVault.deleteKey(VAULT, 'cmk');
    expect(world.keyVault.key(VAULT, 'cmk')).toBeUndefined();
  });

  it('is gone when it is deleted', async () => {
    const { world } = await withoutSoftDelete();
    world.keyVault.deleteVault(VAULT);
    expect(world.keyVault.deletedVault(VAULT)).toBeUndefined();
  });

  it('takes soft delete, which stays, and purge protection only with it', async () => {
    const { world } = await withoutSoftDelete();
    expect(() => world.keyVault.updateVault(VAULT, { purgeProtection: true })).toThrow('enableSoftDelete');
    world.keyVault.updateVault(VAULT, { softDelete: true });
    world.keyVault.updateVault(VAULT, { purgeProtection: true });
    expect(world.keyVault.vault(VAULT)).toMatchObject({ softDelete: true, purgeProtection: true });
  });
});
