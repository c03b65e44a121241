import type { ConsumerFacts } from '../remediation/model/facts.ts';
import { documentRow, partitionOf, rowNames } from './key-partition.ts';
import type { KnownConsumers } from './key-state.ts';
import { rowKeyOf } from './row-key.ts';
import type { Change, Row, StoredRow } from './table.ts';

/**
 * A consumer in one of its uses, in a row of its own. A person who creates many consumers of a key makes more rows, but
 * no row longer.
 */
export type ConsumerRow = { readonly facts: ConsumerFacts; readonly pinReadAt?: string | undefined };

const nameOf = ({ id, use = 'active', pinned }: ConsumerFacts): string =>
  rowNames.consumer(rowKeyOf(id.toLowerCase(), use, pinned.kid));

/** The machines are the largest part of a consumer's facts, and every look reads them anew: they are not stored. */
const withoutMachines = (facts: ConsumerFacts): ConsumerFacts => ({
  ...facts,
  machines: { kind: 'unknown', reason: 'they are too many to be kept' },
});

const rowOf = (keyId: string, document: ConsumerRow): Row => {
  const name = nameOf(document.facts);
  try {
    return documentRow(keyId, name, document);
  } catch {
    return documentRow(keyId, name, { ...document, facts: withoutMachines(document.facts) });
  }
};

const textOf = (row: Row | StoredRow): string =>
  Object.entries(row)
    .filter(([name]) => /^json\d+$/.test(name))
    .map(([, value]) => String(value))
    .join('');

/** A transaction takes 100 rows and 4 MiB. */
const ROWS = 98;
const CHARACTERS = 1_000_000;

const few = (changes: readonly Change[]): readonly Change[] => {
  let size = 0;
  const end = changes.slice(0, ROWS).findIndex(({ row }) => {
    size += textOf(row as Row).length;
    return size > CHARACTERS;
  });
  return changes.slice(0, end === -1 ? ROWS : Math.max(1, end));
};

/** The changes that store these consumers as the consumers of a key: as many changes as one transaction takes. */
export const consumerChanges = (
  keyId: string,
  { consumers, pinsReadAt = {} }: Pick<KnownConsumers, 'consumers' | 'pinsReadAt'>,
  stored: readonly StoredRow[],
): { readonly changes: readonly Change[]; readonly isAll: boolean } => {
  const wanted = new Map(
    consumers.map((facts) => {
      const pinReadAt = pinsReadAt[facts.id.toLowerCase()];
      const row = rowOf(keyId, { facts, ...(pinReadAt !== undefined && { pinReadAt }) });
      return [row.rowKey, row];
    }),
  );
  const before = new Map(stored.map((row) => [row.rowKey, textOf(row)]));
  const partitionKey = partitionOf(keyId);
  const all: readonly Change[] = [
    ...[...before.keys()].flatMap((rowKey) =>
      wanted.has(rowKey) ? [] : [{ kind: 'delete', row: { partitionKey, rowKey } } as const],
    ),
    ...[...wanted.values()].flatMap((row) =>
      before.get(row.rowKey) === textOf(row) ? [] : [{ kind: 'put', row } as const],
    ),
  ];
  const changes = few(all);
  return { changes, isAll: changes.length === all.length };
};
