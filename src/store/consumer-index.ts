import * as z from 'zod/mini';
import type { ConsumerFacts } from '../remediation/model/facts.ts';
import { consumerChanges } from './consumer-rows.ts';
import { fromJsonColumns } from './json-columns.ts';
import { consumersIn, documentRow, partitionOf, rowNames } from './key-partition.ts';
import { documents, type KnownConsumers } from './key-state.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** What the consumers are to be, from what they are now, as was written `at` (ISO 8601); `undefined`: nothing is written. It is asked again where more changes than one transaction takes: what it made before must be right to it. */
export type ConsumerChange = (known: readonly ConsumerFacts[], at: string) => readonly ConsumerFacts[] | undefined;

type PinsReadAt = Readonly<Record<string, string>>;

/**
 * Which consumers pinned which key, and how they were, when they were last seen: so that a key is observed with few calls
 * and its pinned versions can be probed. It is in the key's state; a hint where to look, never a fact.
 */
export type ConsumerIndex = {
  /**
   * By ETag: what somebody else has added meanwhile is among `known`. Two calls, two more for every other writer, and for every 98
   * consumers that are new.
   * `pinsReadAt`: by ARM id, lower-cased, when it was just read what a consumer pins.
   */
  change(keyId: string, change: ConsumerChange, pinsReadAt?: PinsReadAt): Promise<void>;
  /** What was seen of the pinned versions, what is marked, and what is missed. Nothing is written where neither consumer nor mark is known. As many calls. */
  setSeen(
    keyId: string,
    seen: Pick<KnownConsumers, 'cost' | 'marked' | 'missed' | 'inVain' | 'expiring'>,
  ): Promise<void>;
  /** Forgets that something was asked in vain: it is looked at anew from now on. One call, and another where it was. */
  endPause(keyId: string): Promise<void>;
};

const parsedIn = <Kind extends 'consumers' | 'consumer'>(kind: Kind, stored: StoredRow) => {
  try {
    return z.safeParse(documents[kind], fromJsonColumns(stored)).data as z.infer<(typeof documents)[Kind]> | undefined;
  } catch {
    return undefined;
  }
};

/** Whether something was asked in vain, by the head of a key's consumers. A head that is damaged cannot say no. */
export const mayBePaused = (head: StoredRow): boolean => {
  const known = parsedIn('consumers', head);
  return known === undefined || known.inVain !== undefined;
};

/** One that is damaged is written anew: it is only a hint. */
const knownIn = (head: StoredRow | undefined, rows: readonly StoredRow[]): KnownConsumers =>
  consumersIn(
    head && parsedIn('consumers', head),
    rows.flatMap((row) => parsedIn('consumer', row) ?? []),
  ) ?? { at: '', consumers: [] };

/** When the first version in use expires, to the second, so that texts compare as times do. */
const firstExpiry = ({ expiring }: KnownConsumers): { readonly expires?: string } => {
  const first = Date.parse(expiring?.versions[0]?.expiresOn ?? '');
  return Number.isNaN(first) ? {} : { expires: new Date(first).toISOString() };
};

/** The cost and the first expiry are columns too, so that those of all keys are read without the consumers. */
const headOf = (keyId: string, { pinsReadAt: _pins, ...known }: KnownConsumers): Row => ({
  ...documentRow(keyId, rowNames.consumers, { ...known, consumers: [] }),
  ...(known.cost !== undefined && { cost: known.cost }),
  ...firstExpiry(known),
});

/** Of those who are still there. */
const pinsOf = (consumers: readonly ConsumerFacts[], readAt: PinsReadAt): Pick<KnownConsumers, 'pinsReadAt'> => {
  const ids = new Set(consumers.map(({ id }) => id.toLowerCase()));
  return { pinsReadAt: Object.fromEntries(Object.entries(readAt).filter(([id]) => ids.has(id))) };
};

const ROWS = "RowKey ge 'now:consumer' and RowKey lt 'now:consumet'";

/** Between two transactions the head is as it was, but for its tag: whoever comes in between finds what is written, and the rest. */
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

export const openConsumerIndex = (keys: Table): ConsumerIndex => ({
  change: (keyId, change, pinsReadAt = {}) =>
    changeIn(keys, keyId, (known) => {
      const consumers = change(known.consumers, known.at);
      if (!consumers) return undefined;
      const pins = pinsOf(consumers, { ...known.pinsReadAt, ...pinsReadAt });
      return { ...known, at: new Date().toISOString(), consumers, ...pins };
    }),
  endPause: (keyId) =>
    changeIn(keys, keyId, (known) => (known.inVain === undefined ? undefined : { ...known, inVain: undefined })),
  setSeen: (keyId, seen) =>
    changeIn(keys, keyId, (known) =>
      known.consumers.length === 0 && !known.marked?.length ? undefined : { ...known, ...seen },
    ),
});
