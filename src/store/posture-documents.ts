import type { StorageConnection } from './connection.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { storageErrorCode } from './storage-error.ts';

/**
 * The documents of posture reports. They are kept apart from the evidence of the ledger, because the product deletes
 * documents that no report names.
 */
export type PostureDocuments = Evidence & {
  /**
   * Deletes all documents but these, and returns how many it deleted. One call to storage for each thousand documents,
   * and one for each deletion.
   */
  keepOnly(hashes: ReadonlySet<string>): Promise<number>;
};

/** The most deletions at the same time. */
const AT_ONCE = 16;

export const openPostureDocuments = (connection: StorageConnection, containerName: string): PostureDocuments => {
  const others = async (hashes: ReadonlySet<string>): Promise<readonly string[]> => {
    const container = await connection.container(containerName);
    const names: string[] = [];
    try {
      for await (const { name } of container.listBlobsFlat()) if (!hashes.has(name)) names.push(name);
    } catch (error) {
      if (storageErrorCode(error) !== 'ContainerNotFound') throw error;
    }
    return names;
  };
  return {
    ...openEvidence(connection, containerName),
    keepOnly: async (hashes) => {
      const names = await others(hashes);
      const container = await connection.container(containerName);
      for (let start = 0; start < names.length; start += AT_ONCE)
        await Promise.all(
          names.slice(start, start + AT_ONCE).map((name) => container.getBlobClient(name).deleteIfExists()),
        );
      return names.length;
    },
  };
};
