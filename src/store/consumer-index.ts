import * as z from 'zod/mini';
import type { ConsumerFacts } from '../remediation/facts.ts';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, rowNames } from './key-partition.ts';
import { documents, type KnownConsumers } from './key-state.ts';
import type { StoredRow, Table } from './table.ts';

/** What the consumers are to be, from what they are now; `undefined` where nothing is to be written. */
export type ConsumerChange = (known: readonly ConsumerFacts[]) => readonly ConsumerFacts[] | undefined;

/**
 * Which consumers pinned which key, and how they were, when they were last seen: so that a key is observed with few calls
 * and its pinned versions can be probed. It is in the key's state; a hint where to look, never a fact.
 */
export type ConsumerIndex = {
  /** By ETag: what somebody else has added meanwhile is among `known`. Two calls, and two more for every other writer. */
  change(keyId: string, change: ConsumerChange): Promise<void>;
};

/** One that is damaged is written anew: it is only a hint. */
const knownIn = (stored: StoredRow | undefined): readonly ConsumerFacts[] => {
  const parsed = z.safeParse(documents.consumers, stored && fromJsonColumns(stored));
  return parsed.success ? parsed.data.consumers : [];
};

const changeIn = async (keys: Table, keyId: string, change: ConsumerChange): Promise<void> => {
  for (;;) {
    const stored = await keys.get(partitionOf(keyId), rowNames.consumers);
    const consumers = change(knownIn(stored));
    if (!consumers) return;
    const known: KnownConsumers = { at: new Date().toISOString(), consumers };
    const row = documentRow(keyId, rowNames.consumers, known);
    const written = await keys.write(stored ? { kind: 'replace', row, etag: stored.etag } : { kind: 'create', row });
    if (written !== undefined) return;
  }
};

export const openConsumerIndex = (keys: Table): ConsumerIndex => ({
  change: (keyId, change) => changeIn(keys, keyId, change),
});
