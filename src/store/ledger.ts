import {
  emptyChain,
  type Head,
  headOf,
  type LedgerEntry,
  type LedgerRow,
  link,
  unwritten,
  type Verification,
  verifyChain,
} from '../remediation/protocol/ledger.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

export type Ledger = {
  /**
   * Appends entries, all or none, and returns the new head. `from` is the head where the run began, or any later one
   * that this run knows: an entry's own id after it is success. One call when it still is the head, else three.
   * At most 100 entries.
   */
  append(chain: string, from: Head, entries: readonly LedgerEntry[]): Promise<Head>;
  /** The last row's place; `emptyChain` when there is none. One call. */
  head(chain: string): Promise<Head>;
  /** The last rows, at most 1,000, oldest first: `headOf` and `openIntents` of them cost nothing more. One call. */
  recent(chain: string, count: number): Promise<readonly LedgerRow[]>;
  /** The rows after `from`, oldest first. One call per 1,000 rows. */
  read(chain: string, from?: Head): Promise<readonly LedgerRow[]>;
  /** Reads the whole chain and checks numbers, links and hashes. */
  verify(chain: string): Promise<Verification>;
};

const LAST = 9_999_999_999;

/** Tables sort upwards only: with numbers counted down, the head is the first row of the partition. */
const rowName = (seq: number): string => String(LAST - seq).padStart(10, '0');

const toRow = (row: LedgerRow): Row => ({
  partitionKey: rowKeyOf(row.chain),
  rowKey: rowName(row.seq),
  chain: row.chain,
  kind: row.kind,
  at: row.at,
  ...toJsonColumns(row),
});

/** Somebody destroyed it: a row in its place that no verification accepts. */
const unreadable = ({ rowKey, chain }: StoredRow): LedgerRow => ({
  id: rowKey,
  at: '',
  kind: 'recorded',
  detail: 'This row cannot be read.',
  correlationIds: [],
  chain: String(chain),
  seq: LAST - Number(rowKey),
  prev: '',
  hash: '',
});

const fromRow = (stored: StoredRow): LedgerRow => {
  try {
    return fromJsonColumns(stored) as LedgerRow;
  } catch {
    return unreadable(stored);
  }
};

const partition = (chain: string): string => `PartitionKey eq '${rowKeyOf(chain)}'`;

export const openLedger = (table: Table): Ledger => {
  const read = async (chain: string, from: Head = emptyChain): Promise<readonly LedgerRow[]> => {
    const rows = await table.all(`${partition(chain)} and RowKey lt '${rowName(from.seq)}'`);
    return rows.map(fromRow).reverse();
  };
  const recent = async (chain: string, count: number): Promise<readonly LedgerRow[]> =>
    (await table.first(partition(chain), count)).map(fromRow).reverse();
  const insert = (rows: readonly LedgerRow[]): Promise<boolean> =>
    table.transact(rows.map((row) => ({ kind: 'create', row: toRow(row) })));
  return {
    append: async (chain, from, entries) => {
      let [head, missing] = [from, entries];
      while (missing.length > 0) {
        const rows = link(chain, head, missing);
        if (await insert(rows)) return headOf(rows);
        const since = await read(chain, from);
        head = headOf(since, from);
        missing = unwritten(entries, since);
      }
      return head;
    },
    head: async (chain) => headOf(await recent(chain, 1)),
    recent,
    read,
    verify: async (chain) => verifyChain(chain, await read(chain)),
  };
};
