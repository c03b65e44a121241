import type { Json } from '../remediation/canonical.ts';
import { beginSweep } from './begin-sweep.ts';
import type { Guardian } from './guardian.ts';
import { putChunks } from './key-chunks.ts';
import type { KeyChunk } from './messages.ts';
import { reportUnreadable } from './report-unreadable.ts';

/** Lists every consumer in scope. The listing goes to blobs: it is too big for history, and an unchanged one is one blob. */
export const listScope = async (guardian: Guardian): Promise<readonly KeyChunk[]> => {
  const now = new Date();
  await beginSweep(guardian, now);
  const listedAt = now.toISOString();
  const { keys, unreadable } = await guardian.azure.listConsumers();
  await guardian.store.records.countKeys(keys.length);
  await reportUnreadable(guardian, unreadable);
  return putChunks(guardian, keys as unknown as readonly Json[], { isComplete: unreadable.length === 0, listedAt });
};
