import { createPrivateKey, createPublicKey } from 'node:crypto';
import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import type { BackupBlobs } from './backup-blob.ts';
import { activeKey, checkNameIsFree, storedKey } from './find-key.ts';
import type { Key, KeyVersion } from './key.ts';
import { versionData } from './key-changes.ts';
import { type Vault, vaultUri } from './vault.ts';

type VersionBackup = Omit<KeyVersion, 'kid' | 'privateKey' | 'publicKey'> & { pem: string };

/** The content of a backup: every version, but not the key's rotation policy. `versionsMade` is the vault's at that time. */
type KeyBackup = { name: string; versionsMade: number; versions: VersionBackup[] };

const versionBackup = ({ kid: _, publicKey: __, privateKey, ...rest }: KeyVersion): VersionBackup => ({
  ...rest,
  pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

const restoredVersion = (vault: Vault, name: string, { pem, ...rest }: VersionBackup): KeyVersion => ({
  ...rest,
  kid: `${vaultUri(vault)}keys/${name}/${rest.version}`,
  privateKey: createPrivateKey(pem),
  publicKey: createPublicKey(pem),
});

/** Writes all versions of a key into one opaque blob, and leaves the key as it is. */
export const backupKey = (world: World, blobs: BackupBlobs, vault: Vault, name: string): string => {
  const key = activeKey(vault, name, world.clock.now());
  const content: KeyBackup = {
    name: key.name,
    versionsMade: vault.versionsMade,
    versions: key.versions.map(versionBackup),
  };
  return blobs.seal(vault, content);
};

const checkAbsent = (vault: Vault, name: string, now: number): void => {
  checkNameIsFree(vault, name, now);
  if (!storedKey(vault, name, now)) return;
  throw new AzureError(409, 'Conflict', `Key ${name} already exists in this key vault and cannot be restored over.`);
};

/**
 * Makes a key of a backup, with its name, versions and attributes; only its host is this vault's. The vault must be of the
 * same subscription and geography, and the name free, also of deleted keys (Key Vault, backup).
 */
export const restoreKey = (world: World, blobs: BackupBlobs, vault: Vault, blob: string): Key => {
  const { name, versionsMade, versions } = blobs.open(vault, blob) as KeyBackup;
  const now = world.clock.now();
  checkAbsent(vault, name, now);
  const key: Key = {
    name,
    vault: vault.name,
    versions: versions.map((version) => restoredVersion(vault, name, version)),
  };
  vault.keys.set(name.toLowerCase(), key);
  vault.versionsMade = Math.max(vault.versionsMade, versionsMade);
  const current = key.versions.at(-1);
  const data = current && versionData(vault, key, current);
  world.changed({ kind: 'keyRestored', resourceId: vault.id, at: now, ...(data ? { data } : {}) });
  return key;
};
