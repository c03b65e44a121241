import * as z from 'zod/mini';
import type { ConsumerFacts } from '../remediation/model/facts.ts';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, rowNames } from './key-partition.ts';
import { documents, type KnownConsumers } from './key-state.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** What the consumers are to be, from what they are now, as was written `at` (ISO 8601); `undefined`: nothing is written. */
export type ConsumerChange = (known: readonly ConsumerFacts[], at: string) => readonly ConsumerFacts[] | undefined;

type PinsReadAt = Readonly<Record<string, string>>;

/**
 * Which consumers pinned which key, and how they were, when they were last seen: so that a key is observed with few calls
 * and its pinned versions can be probed. It is in the key's state; a hint where to look, never a fact.
 */
export type ConsumerIndex = {
  /**
   * By ETag: what somebody else has added meanwhile is among `known`. Two calls, and two more for every other writer.
   * `pinsReadAt`: by ARM id, lower-cased, when it was just read what a consumer pins.
   */
  change(keyId: string, change: ConsumerChange, pinsReadAt?: PinsReadAt): Promise<void>;
  /** What was seen of the pinned versions. Nothing is written where no consumer is known. As many calls. */
  setSeen(keyId: string, seen: Pick<KnownConsumers, 'cost' | 'marked'>): Promise<void>;
};

/** One that is damaged is written anew: it is only a hint. */
const knownIn = (stored: StoredRow | undefined): KnownConsumers => {
  const parsed = z.safeParse(documents.consumers, stored && fromJsonColumns(stored));
  return parsed.success ? parsed.data : { at: '', consumers: [] };
};

/** The cost is a column too, so that those of all keys are read without the consumers. */
const rowOf = (keyId: string, known: KnownConsumers): Row => ({
  ...documentRow(keyId, rowNames.consumers, known),
  ...(known.cost !== undefined && { cost: known.cost }),
});

/** Of those who are still there. */
const pinsOf = (consumers: readonly ConsumerFacts[], readAt: PinsReadAt): Pick<KnownConsumers, 'pinsReadAt'> => {
  const ids = new Set(consumers.map(({ id }) => id.toLowerCase()));
  return { pinsReadAt: Object.fromEntries(Object.entries(readAt).filter(([id]) => ids.has(id))) };
};

const changeIn = async (
  keys: Table,
  keyId: string,
  change: (known: KnownConsumers) => KnownConsumers | undefined,
): Promise<void> => {
  for (;;) {
    const stored = await keys.get(partitionOf(keyId), rowNames.consumers);
    const known = change(knownIn(stored));
    if (!known) return;
    const row = rowOf(keyId, known);
    const written = await keys.write(stored ? { kind: 'replace', row, etag: stored.etag } : { kind: 'create', row });
    if (written !== undefined) return;
  }
};

export const openConsumerIndex = (keys: Table): ConsumerIndex => ({
  change: (keyId, change, pinsReadAt = {}) =>
    changeIn(keys, keyId, (known) => {
      const consumers = change(known.consumers, known.at);
      if (!consumers) return undefined;
      const pins = pinsOf(consumers, { ...known.pinsReadAt, ...pinsReadAt });
      return { ...known, at: new Date().toISOString(), consumers, ...pins };
    }),
  setSeen: (keyId, seen) =>
    changeIn(keys, keyId, (known) => (known.consumers.length === 0 ? undefined : { ...known, ...seen })),
});
