import type { Head, LedgerRow } from '../remediation/protocol/ledger.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** The rows of the chains of the ledger, as the table keeps them. Rows come oldest first. */
export type Chains = {
  /** The rows after a head. One call for every 1,000 rows. */
  after(chain: string, from: Head): Promise<readonly LedgerRow[]>;
  /** The last rows, at most 1,000. One call. */
  recent(chain: string, count: number): Promise<readonly LedgerRow[]>;
  /** The newest rows, back to the newest row for which `isLast` is true, or all rows. One call for every 1,000 rows. */
  backTo(chain: string, isLast: (row: LedgerRow) => boolean): Promise<readonly LedgerRow[]>;
  /** Writes all rows or none; `false` where one of their numbers is taken. One call. */
  insert(rows: readonly LedgerRow[]): Promise<boolean>;
};

const LAST = 9_999_999_999;

/** Tables sort only upwards. The numbers count down, so the head is the first row of the partition. */
const rowName = (seq: number): string => String(LAST - seq).padStart(10, '0');

const toRow = (row: LedgerRow): Row => ({
  partitionKey: rowKeyOf(row.chain),
  rowKey: rowName(row.seq),
  chain: row.chain,
  kind: row.kind,
  at: row.at,
  ...toJsonColumns(row),
});

/** A row that somebody has destroyed is replaced by a row that no verification accepts. */
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
    const row = fromJsonColumns(stored);
    return typeof row === 'object' && row !== null ? (row as LedgerRow) : unreadable(stored);
  } catch {
    return unreadable(stored);
  }
};

const partition = (chain: string): string => `PartitionKey eq '${rowKeyOf(chain)}'`;

export const openChains = (table: Table): Chains => ({
  after: async (chain, from) => {
    const rows = await table.all(`${partition(chain)} and RowKey lt '${rowName(from.seq)}'`);
    return rows.map(fromRow).reverse();
  },
  recent: async (chain, count) => (await table.first(partition(chain), count)).map(fromRow).reverse(),
  backTo: async (chain, isLast) => {
    const rows: LedgerRow[] = [];
    // The names of rows count down: the newest row comes first.
    for await (const stored of table.query(partition(chain))) {
      const row = fromRow(stored);
      rows.push(row);
      if (isLast(row)) break;
    }
    return rows.reverse();
  },
  insert: (rows) => table.transact(rows.map((row) => ({ kind: 'create', row: toRow(row) }))),
});
