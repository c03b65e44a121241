import * as z from 'zod/mini';
import type { ConsumerFacts } from '../remediation/model/facts.ts';
import { consumerChanges } from './consumer-rows.ts';
import { fromJsonColumns } from './json-columns.ts';
import { consumersIn, documentRow, partitionOf, rowNames } from './key-partition.ts';
import { documents, type KnownConsumers } from './key-state.ts';
import type { Row, StoredRow, Table } from './table.ts';

/**
 * Computes the new consumers from the present ones, which were written `at` (ISO 8601); `undefined`: nothing is
 * written. The function is called again where the changes need more than one transaction, so it must accept its own
 * earlier result.
 */
export type ConsumerChange = (known: readonly ConsumerFacts[], at: string) => readonly ConsumerFacts[] | undefined;

type PinsReadAt = Readonly<Record<string, string>>;

/** The observed facts of a key beside its consumers. */
export type Seen = Pick<KnownConsumers, 'cost' | 'marked' | 'missed' | 'inVain' | 'expiring'>;

/**
 * Which consumers pinned which key, with their facts when last seen. So a key is observed with few calls, and its
 * pinned versions can be probed. The index is part of the key's state: a hint where to look, never a fact.
 */
export type ConsumerIndex = {
  /**
   * Changes the index of a key. It writes by ETag: where another writer has added consumers meanwhile, these are in
   * `known` as well. Two calls, two more for every other writer, and two for every 98 new consumers. `pinsReadAt`: when
   * the pin of each consumer was read just now, by ARM id in lower case. `seen`: what `setSeen` would record after
   * that, in the same calls.
   */
  change(keyId: string, change: ConsumerChange, beside?: { pinsReadAt?: PinsReadAt; seen?: Seen }): Promise<void>;
  /**
   * Records what was seen of the pinned versions, the ids with a mark, and the missing resources. Nothing is written
   * where neither a consumer nor a mark is known. The same number of calls as `change`.
   */
  setSeen(keyId: string, seen: Seen): Promise<void>;
  /**
   * Ends the pause of a key of which looks learnt nothing: the key is looked at anew from now on. One call, and another
   * where there was a pause.
   */
  endPause(keyId: string): Promise<void>;
};

const parsedIn = <Kind extends 'consumers' | 'consumer'>(kind: Kind, stored: StoredRow) => {
  try {
    return z.safeParse(documents[kind], fromJsonColumns(stored)).data as z.infer<(typeof documents)[Kind]> | undefined;
  } catch {
    return undefined;
  }
};

/** Whether the key may have a pause, by the head row of its consumers. A damaged head counts as yes. */
export const mayBePaused = (head: StoredRow): boolean => {
  const known = parsedIn('consumers', head);
  return known === undefined || known.inVain !== undefined;
};

/** A damaged head is written anew, since it is only a hint. */
const knownIn = (head: StoredRow | undefined, rows: readonly StoredRow[]): KnownConsumers =>
  consumersIn(
    head && parsedIn('consumers', head),
    rows.flatMap((row) => parsedIn('consumer', row) ?? []),
  ) ?? { at: '', consumers: [] };

/** When the first version in use expires, to the second, so that texts sort like times. */
const firstExpiry = ({ expiring }: KnownConsumers): { readonly expires?: string } => {
  const first = Date.parse(expiring?.versions[0]?.expiresOn ?? '');
  return Number.isNaN(first) ? {} : { expires: new Date(first).toISOString() };
};

/** The cost and the first expiry are columns of their own, so that a list of all keys does not read the consumers. */
const headOf = (keyId: string, { pinsReadAt: _pins, ...known }: KnownConsumers): Row => ({
  ...documentRow(keyId, rowNames.consumers, { ...known, consumers: [] }),
  ...(known.cost !== undefined && { cost: known.cost }),
  ...firstExpiry(known),
});

/** The read times of the consumers that are still recorded. */
const pinsOf = (consumers: readonly ConsumerFacts[], readAt: PinsReadAt): Pick<KnownConsumers, 'pinsReadAt'> => {
  const ids = new Set(consumers.map(({ id }) => id.toLowerCase()));
  return { pinsReadAt: Object.fromEntries(Object.entries(readAt).filter(([id]) => ids.has(id))) };
};

const ROWS = "RowKey ge 'now:consumer' and RowKey lt 'now:consumet'";

/**
 * Between two transactions the head keeps its content and gets a new ETag. A writer in between reads the rows written
 * so far, and the old rest.
 */
const unchanged = (head: StoredRow | undefined, keyId: string): Row =>
  head
    ? (Object.fromEntries(
        Object.entries(head).filter(([name]) => /^(partitionKey|rowKey|keyId|cost|expires|json\d+)$/.test(name)),
      ) as Row)
    : headOf(keyId, { at: '', consumers: [] });

const changeIn = async (
  keys: Table,
  keyId: string,
  change: (known: KnownConsumers) => KnownConsumers | undefined,
): Promise<void> => {
  for (;;) {
    const stored = await keys.all(`PartitionKey eq '${partitionOf(keyId)}' and ${ROWS}`);
    const head = stored.find(({ rowKey }) => rowKey === rowNames.consumers);
    const rows = stored.filter((row) => row !== head);
    const known = change(knownIn(head, rows));
    if (!known) return;
    const { changes, isAll } = consumerChanges(keyId, known, rows);
    const row = isAll ? headOf(keyId, known) : unchanged(head, keyId);
    const first = head ? ({ kind: 'replace', row, etag: head.etag } as const) : ({ kind: 'create', row } as const);
    const written =
      changes.length === 0 ? (await keys.write(first)) !== undefined : await keys.transact([first, ...changes]);
    if (written && isAll) return;
  }
};

/** `undefined` where neither a consumer nor a mark is known: nothing is to be remembered of such a key. */
const withSeen = (known: KnownConsumers, seen: Seen): KnownConsumers | undefined =>
  known.consumers.length === 0 && !known.marked?.length ? undefined : { ...known, ...seen };

export const openConsumerIndex = (keys: Table): ConsumerIndex => ({
  change: (keyId, change, { pinsReadAt = {}, seen = {} } = {}) =>
    changeIn(keys, keyId, (known) => {
      const consumers = change(known.consumers, known.at);
      if (!consumers) return undefined;
      const pins = pinsOf(consumers, { ...known.pinsReadAt, ...pinsReadAt });
      const changed = { ...known, at: new Date().toISOString(), consumers, ...pins };
      return withSeen(changed, seen) ?? changed;
    }),
  endPause: (keyId) =>
    changeIn(keys, keyId, (known) => (known.inVain === undefined ? undefined : { ...known, inVain: undefined })),
  setSeen: (keyId, seen) => changeIn(keys, keyId, (known) => withSeen(known, seen)),
});
