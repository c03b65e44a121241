import type { Json } from '../remediation/canonical.ts';
import type { Guardian } from './guardian.ts';
import type { KeyChunk } from './messages.ts';

const KEYS_PER_CHUNK = 200;

/** Keeps a listing of keys in blobs: it is too big for history, and an unchanged part is the same blob. */
export const putChunks = async (
  { store }: Guardian,
  keys: readonly Json[],
  listed: Omit<KeyChunk, 'listing'>,
): Promise<readonly KeyChunk[]> => {
  const chunks: KeyChunk[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_CHUNK) {
    chunks.push({ listing: await store.evidence.put(keys.slice(start, start + KEYS_PER_CHUNK)), ...listed });
  }
  return chunks;
};

/** Throws when the blob is gone: a later run lists anew. */
export const getChunk = async ({ store }: Guardian, { listing }: KeyChunk): Promise<readonly Json[]> => {
  const keys = (await store.evidence.get(listing)) as readonly Json[] | undefined;
  if (!keys) throw new Error(`the listing ${listing} is gone; the next run lists anew`);
  return keys;
};
