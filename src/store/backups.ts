import type { BackupRecord } from '../posture/facts.ts';
import { contentHash } from '../remediation/model/canonical.ts';
import { absent, type Fact, present } from '../remediation/model/facts.ts';
import type { StorageConnection } from './connection.ts';
import { storageStatus } from './storage-error.ts';

/** `sha256`: the hash of the content. A person approves this hash. */
export type FoundBackup = { readonly name: string; readonly sha256: string };

/**
 * Backups of keys, `{vault}/{key}`, that a person has uploaded (`az keyvault key backup`, `az storage blob upload`).
 * The product makes no backups. The bytes of a backup must not be logged.
 */
export type BackupBlobs = {
  /**
   * The key's backup by name and content; `absent` where there is none. The blob is read whole: one call, and one more
   * for each 4 MiB.
   */
  find(vaultName: string, keyName: string): Promise<Fact<FoundBackup>>;
  /** The backup of this name; `absent` where there is none. One call. */
  read(name: string): Promise<Fact<Uint8Array>>;
  /** All backups, by name and date. One call for each 5,000. */
  list(): Promise<readonly BackupRecord[]>;
};

/** Key Vault compares names without case, but blob names have case: the product uses lower case. */
const blobName = (vaultName: string, keyName: string): string => `${vaultName}/${keyName}`.toLowerCase();

const readBlob = async (
  connection: StorageConnection,
  containerName: string,
  name: string,
): Promise<Fact<Uint8Array>> => {
  const container = await connection.container(containerName);
  try {
    return present<Uint8Array>(await container.getBlobClient(name).downloadToBuffer());
  } catch (error) {
    if (storageStatus(error) === 404) return absent;
    throw error;
  }
};

export const openBackups = (connection: StorageConnection, containerName: string): BackupBlobs => ({
  find: async (vaultName, keyName) => {
    const name = blobName(vaultName, keyName);
    const bytes = await readBlob(connection, containerName, name);
    return bytes.kind === 'present' ? present({ name, sha256: contentHash(bytes.value) }) : bytes;
  },
  read: (name) => readBlob(connection, containerName, name),
  list: async () => {
    const container = await connection.container(containerName);
    const found: BackupRecord[] = [];
    try {
      for await (const { name, properties } of container.listBlobsFlat())
        found.push({ name, takenOn: properties.lastModified.toISOString() });
    } catch (error) {
      if (storageStatus(error) === 404) return [];
      throw error;
    }
    return found;
  },
});
