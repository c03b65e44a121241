import type { Json } from '../remediation/canonical.ts';
import type { Guardian } from './guardian.ts';
import type { SweepChunk } from './messages.ts';
import { reportUnreadable } from './report-unreadable.ts';

const KEYS_PER_CHUNK = 200;

/** Lists every consumer in scope. The listing goes to blobs: it is too big for history, and an unchanged one is one blob. */
export const listScope = async (guardian: Guardian): Promise<readonly SweepChunk[]> => {
  const { keys, unreadable } = await guardian.azure.listConsumers();
  await reportUnreadable(guardian, unreadable);
  const chunks: SweepChunk[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_CHUNK) {
    const listing = keys.slice(start, start + KEYS_PER_CHUNK) as unknown as Json;
    chunks.push({ listing: await guardian.store.evidence.put(listing), isComplete: unreadable.length === 0 });
  }
  return chunks;
};
