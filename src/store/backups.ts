import type { BackupRecord } from '../posture/facts.ts';
import { contentHash } from '../remediation/model/canonical.ts';
import { absent, type Fact, present } from '../remediation/model/facts.ts';
import type { StorageConnection } from './connection.ts';
import { storageStatus } from './storage-error.ts';

/** `sha256`: of its content, which is what a person approves. */
export type FoundBackup = { readonly name: string; readonly sha256: string };

/**
 * Backups of keys, `{vault}/{key}`, that a human has put there (`az keyvault key backup`, `az storage blob upload`): the
 * product takes none. Their bytes belong into no log.
 */
export type BackupBlobs = {
  /** The key's backup by name and content; `absent` where there is none. It is read whole: one call for each 4 MiB, and one. */
  find(vaultName: string, keyName: string): Promise<Fact<FoundBackup>>;
  /** The backup of this name; `absent` where there is none. One call. */
  read(name: string): Promise<Fact<Uint8Array>>;
  /** All of them, by name and date. One call for each 5,000. */
  list(): Promise<readonly BackupRecord[]>;
};

/** Key Vault compares names without case, blobs do not: they are kept in lower case. */
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
