import type { StorageConnection } from './connection.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { storageErrorCode } from './storage-error.ts';

/** What posture reports are made of, apart from the evidence of the ledger: of this the product deletes what no report names. */
export type PostureDocuments = Evidence & {
  /** Deletes all but these. How many it has deleted. A call for each thousand that there are, and one for each that goes. */
  keepOnly(hashes: ReadonlySet<string>): Promise<number>;
};

/** So many are deleted at once. */
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
