import type { ContainerClient } from '@azure/storage-blob';
import { canonicalJson, type Json, sha256 } from '../remediation/model/canonical.ts';
import { type Anchor, anchorName, parseAnchor } from '../remediation/protocol/anchors.ts';
import type { StorageConnection } from './connection.ts';
import { rowKeyOf } from './row-key.ts';
import { storageErrorCode, storageStatus } from './storage-error.ts';

/**
 * A container to which the product only adds: it creates a blob where none has that name, and never changes or deletes
 * one. A person with write access only to the tables cannot create these blobs.
 */
export type Anchors = {
  /** Adds the anchors of a chain. An existing anchor stays as it is. One call to storage for each anchor, all at once. */
  add(chain: string, anchors: readonly Anchor[]): Promise<void>;
  /**
   * The newest anchors of a chain, back to the newest checkpoint or to the first of all. One call for 50, a second for 100 more,
   * then one per 5,000: the chain of the product has no checkpoint, and an anchor for each hour.
   */
  newest(chain: string): Promise<readonly Anchor[]>;
  /** Every anchor of a chain. One call per 5,000. */
  all(chain: string): Promise<readonly Anchor[]>;
  /**
   * When this anchor was placed (ISO 8601): the time that the product wrote into it, or the blob's time by the clock of
   * the storage where that is older; `undefined` where there is no anchor. One call.
   */
  placedAt(chain: string, anchor: Anchor): Promise<string | undefined>;
  /** Records that an HTTP route or a step of the product has made this statement. One call. */
  attest(statement: Json): Promise<void>;
  /** Whether the product has made this statement. One call. */
  isAttested(statement: Json): Promise<boolean>;
  /**
   * Whether all data from before the time of anchors has its anchors. No call once it has; callers at the same time
   * share one call.
   */
  isBegun(): Promise<boolean>;
  /** Records that this data has its anchors. One call. */
  begin(): Promise<void>;
  /** A sentence on how the container is protected against the owner of its storage account. One call. */
  protection(): Promise<string>;
};

const BEGUN = 'begun';
const MOST = 5_000;
/**
 * The first part is mostly enough for the entries since a key's last checkpoint. Each further part has the largest allowed size.
 */
const PARTS = [50, 100, MOST];

const UNLOCKED = 'unlocked: proves nothing against the owner of the storage';
const MAY_BE_LOCKED =
  'an immutability policy is set; storage does not tell whether it is locked, and one that is not proves nothing against the owner of the storage (az storage container immutability-policy show, property state)';

const folderOf = (chain: string): string => `chains/${rowKeyOf(chain)}/`;
const statementName = (statement: Json): string => `said/${sha256(canonicalJson(statement))}`;

const upload = async (container: ContainerClient, name: string, text: string): Promise<void> => {
  await container
    .getBlockBlobClient(name)
    .upload(text, Buffer.byteLength(text), {
      conditions: { ifNoneMatch: '*' },
      blobHTTPHeaders: { blobContentType: 'application/json' },
    })
    .catch((error: unknown) => {
      if (storageStatus(error) !== 409) throw error;
      // In a container with an immutability policy, an existing blob gives this answer as well: the content is the
      // same.
      if (!['BlobAlreadyExists', 'BlobImmutableDueToPolicy'].includes(storageErrorCode(error))) throw error;
    });
};

const add = async (container: ContainerClient, name: string, content: Json): Promise<void> => {
  const text = canonicalJson(content);
  try {
    await upload(container, name, text);
  } catch (error) {
    if (storageErrorCode(error) !== 'ContainerNotFound') throw error;
    await container.createIfNotExists();
    await upload(container, name, text);
  }
};

const anchorsIn = (blobs: readonly { readonly name: string }[], prefix: string): readonly Anchor[] =>
  blobs.flatMap(({ name }) => parseAnchor(name.slice(prefix.length)) ?? []);

/** Parts of anchors of these sizes, the newest first; no part where the container does not exist yet. */
async function* partsOf(container: ContainerClient, chain: string, sizes: readonly number[]) {
  const prefix = folderOf(chain);
  let continuationToken: string | undefined;
  try {
    for (let part = 0; part === 0 || continuationToken; part++) {
      const maxPageSize = sizes[part] ?? MOST;
      const listed = container.listBlobsFlat({ prefix });
      const pages = listed.byPage({ maxPageSize, ...(continuationToken && { continuationToken }) });
      const { value } = await pages.next();
      continuationToken = value?.continuationToken;
      yield anchorsIn(value?.segment.blobItems ?? [], prefix);
    }
  } catch (error) {
    if (storageStatus(error) !== 404) throw error;
  }
}

const exists = async (container: ContainerClient, name: string): Promise<boolean> =>
  container.getBlobClient(name).exists();

const timeIn = (text: string): string | undefined => {
  try {
    const { at } = JSON.parse(text) as { readonly at?: unknown };
    return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : undefined;
  } catch {
    return undefined;
  }
};

const placedAt = async (container: ContainerClient, name: string): Promise<string | undefined> => {
  const blob = container.getBlobClient(name);
  try {
    const { readableStreamBody, lastModified } = await blob.download();
    const text =
      readableStreamBody === undefined
        ? ''
        : Buffer.concat(await Array.fromAsync(readableStreamBody, (part) => Buffer.from(part))).toString();
    return timeIn(text) ?? lastModified?.toISOString();
  } catch (error) {
    if (storageStatus(error) !== 404) throw error;
    return undefined;
  }
};

const protectionOf = async (container: ContainerClient): Promise<string> => {
  try {
    const { hasImmutabilityPolicy } = await container.getProperties();
    return hasImmutabilityPolicy ? MAY_BE_LOCKED : UNLOCKED;
  } catch (error) {
    if (storageStatus(error) !== 404) throw error;
    return UNLOCKED;
  }
};

/** Since when only what has an anchor counts. An installation that keeps nothing yet begins by itself. */
const openBeginning = (
  open: () => Promise<ContainerClient>,
  isNothingKept: () => Promise<boolean>,
): Pick<Anchors, 'begin' | 'isBegun'> => {
  const begin = async () => add(await open(), BEGUN, { what: 'From here on only what has an anchor counts.' });
  const find = async (): Promise<boolean> => {
    if (await exists(await open(), BEGUN)) return true;
    if (!(await isNothingKept())) return false;
    await begin();
    return true;
  };
  let begun = false;
  // A process that starts asks for several keys at once: without this promise, each would ask storage and begin.
  let finding: Promise<boolean> | undefined;
  return {
    begin,
    isBegun: async () => {
      if (begun) return true;
      finding ??= find().finally(() => {
        finding = undefined;
      });
      begun = await finding;
      return begun;
    },
  };
};

/** @param isNothingKept whether the ledger holds no row at all: then no data can be older than the anchors. */
export const openAnchors = (
  connection: StorageConnection,
  containerName: string,
  isNothingKept: () => Promise<boolean>,
  now: () => number = Date.now,
): Anchors => {
  const open = () => connection.container(containerName);
  return {
    add: async (chain, anchors) => {
      const container = await open();
      const at = new Date(now()).toISOString();
      await Promise.all(
        anchors.map((anchor) => add(container, `${folderOf(chain)}${anchorName(anchor)}`, { chain, ...anchor, at })),
      );
    },
    newest: async (chain) => {
      const found: Anchor[] = [];
      for await (const part of partsOf(await open(), chain, PARTS)) {
        found.push(...part);
        if (part.some(({ kind }) => kind === 'checkpoint')) break;
      }
      return found;
    },
    all: async (chain) => (await Array.fromAsync(partsOf(await open(), chain, [MOST]))).flat(),
    placedAt: async (chain, anchor) => placedAt(await open(), `${folderOf(chain)}${anchorName(anchor)}`),
    attest: async (statement) => add(await open(), statementName(statement), statement),
    isAttested: async (statement) => exists(await open(), statementName(statement)),
    ...openBeginning(open, isNothingKept),
    protection: async () => protectionOf(await open()),
  };
};
