import type { ContainerClient } from '@azure/storage-blob';
import { canonicalJson, type Json, sha256 } from '../remediation/model/canonical.ts';
import type { StorageConnection } from './connection.ts';
import { storageErrorCode, storageStatus } from './storage-error.ts';

/** Data that is too big for a row: JSON blobs named by the SHA-256 of their canonical text. */
export type Evidence = {
  /** Returns the blob's name. The same value twice is one blob. One call. */
  put(value: Json): Promise<string>;
  /** `undefined` when there is no such blob. Throws when the content does not have this hash. One call. */
  get(hash: string): Promise<Json | undefined>;
};

const upload = async (container: ContainerClient, hash: string, text: string): Promise<void> => {
  await container
    .getBlockBlobClient(hash)
    .upload(text, Buffer.byteLength(text), {
      conditions: { ifNoneMatch: '*' },
      blobHTTPHeaders: { blobContentType: 'application/json' },
    })
    .catch((error: unknown) => {
      if (storageErrorCode(error) !== 'BlobAlreadyExists') throw error;
    });
};

const download = async (container: ContainerClient, hash: string): Promise<string | undefined> => {
  try {
    return (await container.getBlobClient(hash).downloadToBuffer()).toString();
  } catch (error) {
    if (storageStatus(error) === 404) return undefined;
    throw error;
  }
};

export const openEvidence = (connection: StorageConnection, containerName: string): Evidence => ({
  put: async (value) => {
    const text = canonicalJson(value);
    const hash = sha256(text);
    const container = await connection.container(containerName);
    try {
      await upload(container, hash, text);
    } catch (error) {
      if (storageErrorCode(error) !== 'ContainerNotFound') throw error;
      await container.createIfNotExists();
      await upload(container, hash, text);
    }
    return hash;
  },
  get: async (hash) => {
    const text = await download(await connection.container(containerName), hash);
    if (text !== undefined && sha256(text) !== hash) throw new Error(`The evidence ${hash} was changed.`);
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  },
});
