import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import { checkSettled, deletedKey, writableKey } from './find-key.ts';
import type { Key } from './key.ts';
import type { Vault } from './vault.ts';

const tell = (world: World, vault: Vault, kind: string, key: Key) =>
  world.changed({ kind, resourceId: vault.id, at: world.clock.now(), data: { vault: vault.name, key: key.name } });

/** Soft-deletes a key with all its versions; it is readable as a deleted key a moment later. Without soft delete it is gone. */
export const deleteKey = (world: World, vault: Vault, name: string): Key => {
  const now = world.clock.now();
  checkSettled(vault, name, now);
  const key = writableKey(vault, name, now);
  key.deletedAt = now;
  delete key.recoveredAt;
  if (!vault.softDelete) vault.keys.delete(name.toLowerCase());
  tell(world, vault, 'keyDeleted', key);
  return key;
};

/** Brings a deleted key back with all its versions. It answers at once, but the key stays 404 for some seconds. */
export const recoverKey = (world: World, vault: Vault, name: string): Key => {
  const now = world.clock.now();
  checkSettled(vault, name, now);
  const key = deletedKey(vault, name, now);
  delete key.deletedAt;
  key.recoveredAt = now;
  tell(world, vault, 'keyRecovered', key);
  return key;
};

/** Ends a deleted key for good, which purge protection forbids. */
export const purgeKey = (world: World, vault: Vault, name: string): void => {
  const now = world.clock.now();
  checkSettled(vault, name, now);
  const key = deletedKey(vault, name, now);
  if (vault.purgeProtection)
    throw new AzureError(
      403,
      'Forbidden',
      `Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.`,
      {
        inner: 'ForbiddenByPolicy',
      },
    );
  vault.keys.delete(name.toLowerCase());
  tell(world, vault, 'keyPurged', key);
};
