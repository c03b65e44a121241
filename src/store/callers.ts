import type { Table } from './table.ts';

/** A worker that calls Azure. `at`: when it last said so (ISO 8601). */
type Caller = { readonly id: string; readonly at: string };

/** The workers that call Azure: a row each, which it writes itself. */
export type CallerRows = {
  /** One call to storage. */
  say(caller: Caller): Promise<void>;
  /**
   * A thousand at most. A full thousand may hide others: then each row counts as one of now, so that nobody takes itself for the
   * only worker. One call to storage, and a few more where there are rows of workers that are gone.
   */
  list(): Promise<readonly Caller[]>;
};

const PARTITION = 'callers';

/** A row that is older than this belongs to a worker that is gone. */
const KEPT_MS = 3_600_000;
const FORGOTTEN_AT_ONCE = 5;
/** The most rows that are read, since anybody with access may have written them: each worker asks every few seconds. */
const MOST_READ = 1_000;

export const openCallers = (records: Table, now: () => number = Date.now): CallerRows => ({
  say: async ({ id, at }) => {
    await records.write({ kind: 'put', row: { partitionKey: PARTITION, rowKey: id, at } });
  },
  list: async () => {
    const rows = await records.first(`PartitionKey eq '${PARTITION}'`, MOST_READ);
    const isGone = (at: unknown): boolean => !(Math.abs(now() - Date.parse(String(at))) < KEPT_MS);
    for (const { partitionKey, rowKey, etag } of rows.filter(({ at }) => isGone(at)).slice(0, FORGOTTEN_AT_ONCE))
      await records.remove(partitionKey, rowKey, etag);
    if (rows.length >= MOST_READ) return rows.map(({ rowKey }) => ({ id: rowKey, at: new Date(now()).toISOString() }));
    return rows.filter(({ at }) => !isGone(at)).map(({ rowKey, at }) => ({ id: rowKey, at: String(at) }));
  },
});
