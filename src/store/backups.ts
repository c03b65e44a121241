import type { BackupRecord } from '../posture/facts.ts';
import { absent, type Fact, present } from '../remediation/model/facts.ts';
import type { Connection } from './connection.ts';
import { storageStatus } from './storage-error.ts';

/**
 * Backups of keys, `{vault}/{key}`, that a human has put there (`az keyvault key backup`, `az storage blob upload`): the
 * product takes none. Their bytes belong into no log.
 */
export type Backups = {
  /** The name of the key's backup; `absent` where there is none. One call. */
  nameOf(vaultName: string, keyName: string): Promise<Fact<string>>;
  /** The backup of this name; `absent` where there is none. One call. */
  read(name: string): Promise<Fact<Uint8Array>>;
  /** All of them, by name and date. One call for each 5,000. */
  list(): Promise<readonly BackupRecord[]>;
};

/** Key Vault compares names without case, blobs do not: they are kept in lower case. */
const blobName = (vaultName: string, keyName: string): string => `${vaultName}/${keyName}`.toLowerCase();

export const openBackups = (connection: Connection, containerName: string): Backups => ({
  nameOf: async (vaultName, keyName) => {
    const name = blobName(vaultName, keyName);
    const container = await connection.container(containerName);
    return (await container.getBlobClient(name).exists()) ? present(name) : absent;
  },
  read: async (name) => {
    const container = await connection.container(containerName);
    try {
      return present<Uint8Array>(await container.getBlobClient(name).downloadToBuffer());
    } catch (error) {
      if (storageStatus(error) === 404) return absent;
      throw error;
    }
  },
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
