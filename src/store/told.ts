import { rowKeyOf } from './row-key.ts';
import type { Table } from './table.ts';

/** The resources that people were told are unreadable: one row for each, however many there are. */
export type ToldUnreadable = {
  /**
   * The resources in `all` that people were not told of since then (ISO 8601), in their order. One call for every 1,000
   * rows. Older rows are deleted, a hundred with one call.
   */
  news<One extends { readonly id: string; readonly reason: string }>(
    all: readonly One[],
    since: string,
  ): Promise<readonly One[]>;
  /** Adds these resources. One call for every 100. */
  add(all: readonly { readonly id: string; readonly reason: string }[], at: string): Promise<void>;
};

const PARTITION = 'unreadable';
const AT_ONCE = 100;

const nameOf = ({ id, reason }: { readonly id: string; readonly reason: string }): string =>
  rowKeyOf(id.toLowerCase(), reason);

export const openTold = (records: Table): ToldUnreadable => ({
  news: async (all, since) => {
    if (all.length === 0) return [];
    const known = new Set<string>();
    const old: string[] = [];
    for await (const { rowKey, at } of records.query(`PartitionKey eq '${PARTITION}'`, ['at'])) {
      if (String(at) >= since) known.add(rowKey);
      else old.push(rowKey);
    }
    const forgotten = old.slice(0, AT_ONCE);
    if (forgotten.length > 0)
      await records.transact(
        forgotten.map((rowKey) => ({ kind: 'delete', row: { partitionKey: PARTITION, rowKey } }) as const),
      );
    return all.filter((one) => !known.has(nameOf(one)));
  },
  add: async (all, at) => {
    const names = [...new Set(all.map(nameOf))];
    for (let start = 0; start < names.length; start += AT_ONCE)
      await records.transact(
        names
          .slice(start, start + AT_ONCE)
          .map((rowKey) => ({ kind: 'put', row: { partitionKey: PARTITION, rowKey, at } })),
      );
  },
});
