import type { ContainerClient } from '@azure/storage-blob';
import { canonicalJson, type Json, sha256 } from '../remediation/model/canonical.ts';
import { type Anchor, anchorName, parseAnchor } from '../remediation/protocol/anchors.ts';
import type { StorageConnection } from './connection.ts';
import { rowKeyOf } from './row-key.ts';
import { storageErrorCode, storageStatus } from './storage-error.ts';

/**
 * A container that the product only adds to: blobs are made where there is none of their name, and never changed or deleted.
 * Whoever may write the tables alone cannot make what is here.
 */
export type Anchors = {
  /** Adds the anchors of a chain. An anchor that is there is left as it is. One call each, all at once. */
  add(chain: string, anchors: readonly Anchor[]): Promise<void>;
  /** The newest anchors of a chain, back to the newest checkpoint or to the first of all. One call per 50. */
  newest(chain: string): Promise<readonly Anchor[]>;
  /** Every anchor of a chain. One call per 5,000. */
  all(chain: string): Promise<readonly Anchor[]>;
  /**
   * When this anchor was placed (ISO 8601): as the product wrote into it, and where it is older than that by the clock of the storage;
   * `undefined` where there is none. One call.
   */
  placedAt(chain: string, anchor: Anchor): Promise<string | undefined>;
  /** Keeps that a door or a step of the product has said this. One call. */
  attest(statement: Json): Promise<void>;
  /** Whether the product has said this. One call. */
  isAttested(statement: Json): Promise<boolean>;
  /** Whether what was kept before the product knew of anchors has got its own. No call once it has; who asks at once asks once. */
  isBegun(): Promise<boolean>;
  /** Keeps that it has. One call. */
  begin(): Promise<void>;
  /** What the container proves against the owner of its storage account: a sentence. One call. */
  protection(): Promise<string>;
};

const BEGUN = 'begun';
const PAGE = 50;
const MOST = 5_000;

export const UNLOCKED = 'unlocked: proves nothing against the owner of the storage';
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
      // In a container with an immutability policy a blob that is there answers so as well: it says the same.
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

/** Pages of anchors, the newest first; none where there is no container yet. */
async function* pagesOf(container: ContainerClient, chain: string, maxPageSize: number) {
  const prefix = folderOf(chain);
  try {
    for await (const { segment } of container.listBlobsFlat({ prefix }).byPage({ maxPageSize }))
      yield segment.blobItems.flatMap(({ name }) => parseAnchor(name.slice(prefix.length)) ?? []);
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

/**
 * @param isNothingKept whether the ledger holds no row at all: then nothing can have been kept before there were anchors.
 */
export const openAnchors = (
  connection: StorageConnection,
  containerName: string,
  isNothingKept: () => Promise<boolean>,
  now: () => number = Date.now,
): Anchors => {
  const open = () => connection.container(containerName);
  const begin = async () => add(await open(), BEGUN, { what: 'From here on only what has an anchor counts.' });
  const find = async (): Promise<boolean> => {
    if (await exists(await open(), BEGUN)) return true;
    if (!(await isNothingKept())) return false;
    await begin();
    return true;
  };
  let begun = false;
  // A process that starts asks for several keys at once: each would else ask storage, and begin.
  let finding: Promise<boolean> | undefined;
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
      for await (const page of pagesOf(await open(), chain, PAGE)) {
        found.push(...page);
        if (page.some(({ kind }) => kind === 'checkpoint')) break;
      }
      return found;
    },
    all: async (chain) => (await Array.fromAsync(pagesOf(await open(), chain, MOST))).flat(),
    placedAt: async (chain, anchor) => placedAt(await open(), `${folderOf(chain)}${anchorName(anchor)}`),
    attest: async (statement) => add(await open(), statementName(statement), statement),
    isAttested: async (statement) => exists(await open(), statementName(statement)),
    isBegun: async () => {
      if (begun) return true;
      finding ??= find().finally(() => {
        finding = undefined;
      });
      begun = await finding;
      return begun;
    },
    begin,
    protection: async () => protectionOf(await open()),
  };
};
