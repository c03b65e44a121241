import type { Row, StoredRow, Table } from '../../src/store/table.ts';
import type { Traffic } from './counted-storage.ts';

/** The service answers a thousand rows at a time. */
const PAGE = 1_000;

const FILTER = /^(?:PartitionKey eq '(\w+)'(?: and RowKey lt '(\d+)')?)?$/;

const notAsked = (): never => {
  throw new Error('A ledger does not ask this of its table.');
};

/**
 * The table of a ledger in this process, with rows by partition in the order of their keys, and a count of its reads. The storage
 * emulator searches a whole partition for every written row: a hundred thousand rows take it an hour.
 */
export const tableInMemory = (traffic: Traffic): Table => {
  const partitions = new Map<string, StoredRow[]>();
  const read = (filter: string, count = Number.POSITIVE_INFINITY): readonly StoredRow[] => {
    const [, partition, before] = FILTER.exec(filter) ?? notAsked();
    const rows = partition === undefined ? [...partitions.values()].flat() : (partitions.get(partition) ?? []);
    const end = before === undefined ? rows.length : rows.findIndex(({ rowKey }) => rowKey >= before);
    const found = rows.slice(0, Math.min(count, end < 0 ? rows.length : end));
    traffic.requests += Math.max(1, Math.ceil(found.length / PAGE));
    traffic.bytes += JSON.stringify(found).length;
    return found;
  };
  /** The newest row of a ledger comes first. */
  const add = (rows: readonly Row[]): void => {
    const [first] = rows;
    if (first === undefined) return;
    const added = rows.map((row): StoredRow => ({ ...row, etag: '' })).toReversed();
    partitions.set(first.partitionKey, [...added, ...(partitions.get(first.partitionKey) ?? [])]);
  };
  return {
    all: async (filter) => read(filter),
    first: async (filter, count) => read(filter, count),
    transact: async (changes) => {
      add(changes.map((change) => (change.kind === 'create' ? change.row : notAsked())));
      return true;
    },
    get: notAsked,
    query: notAsked,
    write: notAsked,
    remove: notAsked,
  };
};
