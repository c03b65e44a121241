import type { KeyUse, KeyUses, World } from '../service.ts';
import type { PolicyOperation } from './access-policies.ts';
import { createBackupBlobs } from './backup-blob.ts';
import { storedKey } from './find-key.ts';
import type { Key, KeyVersion } from './key.ts';
import { backupKey, restoreKey } from './key-backup.ts';
import {
  createKey,
  type KeyAttributes,
  type KeySpec,
  letExpire,
  rotateKey,
  setAttributes,
  setRotationPolicy,
} from './key-changes.ts';
import { deleteKey, purgeKey, recoverKey } from './key-deletion.ts';
import type { RotationPolicy } from './rotation-policy.ts';
import { useKey } from './use-key.ts';
import type { AccessPolicy, Vault } from './vault.ts';
import { changePolicies, putVault, updateVault } from './vault-changes.ts';
import { deleteVault, purgeVault, recoverVault } from './vault-deletion.ts';
import type { VaultProperties, VaultSpec } from './vault-properties.ts';
import { watchExpiry } from './watch-expiry.ts';

/**
 * The state of Key Vault, for routes, verbs and builders of worlds. Names compare without case. Every function throws AzureError.
 */
export type KeyVault = KeyUses & {
  /** The vaults that are not deleted. */
  vaults(): Vault[];
  vault(name: string): Vault | undefined;
  createVault(spec: VaultSpec): Vault;
  updateVault(name: string, properties: VaultProperties): Vault;
  changePolicies(name: string, operation: PolicyOperation, changes: AccessPolicy[]): Vault;
  deleteVault(name: string): void;
  /** The vaults that are deleted and not purged. */
  deletedVaults(): Vault[];
  deletedVault(name: string): Vault | undefined;
  /** Brings a deleted vault back; its keys can be used when its `provisioningState` is `Succeeded`. */
  recoverVault(name: string): Vault;
  /** Ends a deleted vault with all its keys, which purge protection forbids. */
  purgeVault(name: string): void;
  /** The key of that name, deleted or not; undefined when it never existed or was purged. */
  key(vault: string, name: string): Key | undefined;
  createKey(vault: string, name: string, spec?: KeySpec): KeyVersion;
  /** A new version of a key that exists. */
  rotateKey(vault: string, name: string): KeyVersion;
  setAttributes(vault: string, name: string, version: string | undefined, changes: KeyAttributes): KeyVersion;
  /** Lets time reach this expiry, in seconds, as if it had been set long before. */
  letExpire(vault: string, name: string, version: string | undefined, exp: number): KeyVersion;
  setRotationPolicy(vault: string, name: string, policy: RotationPolicy): RotationPolicy;
  deleteKey(vault: string, name: string): Key;
  recoverKey(vault: string, name: string): Key;
  purgeKey(vault: string, name: string): void;
  /** All versions of a key as an opaque blob, base64url. */
  backupKey(vault: string, name: string): string;
  restoreKey(vault: string, blob: string): Key;
};

/** Key Vault of one world, empty. */
export const createKeyVault = (world: World): KeyVault => {
  const vaults = new Map<string, Vault>();
  const blobs = createBackupBlobs();
  const vault = (name: string) => {
    const found = vaults.get(name.toLowerCase());
    return found?.deletedAt === undefined ? found : undefined;
  };
  const existing = (name: string): Vault => {
    const found = vault(name);
    if (!found)
      throw new Error(`There is no vault '${name}'; the vaults are: ${[...vaults.keys()].join(', ') || 'none'}.`);
    return found;
  };
  const deletedVault = (name: string) => {
    const found = vaults.get(name.toLowerCase());
    return found?.deletedAt === undefined ? undefined : found;
  };
  const deleted = (name: string): Vault => {
    const found = deletedVault(name);
    if (!found) throw new Error(`There is no deleted vault '${name}'.`);
    return found;
  };
  const keyVault: KeyVault = {
    vaults: () => [...vaults.values()].filter(({ deletedAt }) => deletedAt === undefined),
    deletedVaults: () => [...vaults.values()].filter(({ deletedAt }) => deletedAt !== undefined),
    deletedVault,
    vault,
    createVault: (spec) => putVault(world, vaults, spec),
    updateVault: (name, properties) => updateVault(world, existing(name), properties),
    changePolicies: (name, operation, changes) => changePolicies(world, existing(name), operation, changes),
    deleteVault: (name) => deleteVault(world, vaults, existing(name)),
    recoverVault: (name) => recoverVault(world, deleted(name)),
    purgeVault: (name) => purgeVault(world, vaults, deleted(name)),
    key: (name, key) => storedKey(existing(name), key, world.clock.now()),
    createKey: (name, key, spec) => createKey(world, existing(name), key, spec),
    rotateKey: (name, key) => rotateKey(world, existing(name), key),
    setAttributes: (name, key, version, changes) => setAttributes(world, existing(name), key, version, changes),
    letExpire: (name, key, version, exp) => letExpire(world, existing(name), key, version, exp),
    setRotationPolicy: (name, key, policy) => setRotationPolicy(world, existing(name), key, policy),
    deleteKey: (name, key) => deleteKey(world, existing(name), key),
    recoverKey: (name, key) => recoverKey(world, existing(name), key),
    purgeKey: (name, key) => purgeKey(world, existing(name), key),
    backupKey: (name, key) => backupKey(world, blobs, existing(name), key),
    restoreKey: (name, blob) => restoreKey(world, blobs, existing(name), blob),
    use: (user, kid, operation): Promise<KeyUse> => useKey(world, vaults, user, kid, operation),
  };
  watchExpiry(world, keyVault);
  return keyVault;
};
