import { type Anchor, anchorsOf, contradiction, newestCheckpoint } from '../remediation/protocol/anchors.ts';
import { type Believed, believe } from '../remediation/protocol/believe.ts';
import { withoutCheckpoint } from '../remediation/protocol/checkpoint.ts';
import {
  emptyChain,
  type Head,
  headOf,
  type LedgerEntry,
  type LedgerRow,
  link,
  rowsOf,
  unwritten,
  type Verification,
  verifyChain,
} from '../remediation/protocol/ledger.ts';
import type { Anchors } from './anchors.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** A whole chain, whether it is intact, and the anchors that it was compared with. */
export type Audited = {
  readonly rows: readonly LedgerRow[];
  readonly verification: Verification;
  readonly anchors: readonly Anchor[];
};

export type Ledger = {
  /**
   * Appends all entries or none, adds an anchor for each entry that a decision may use, and returns the new head.
   * `from` is the head where the run began, or any later head that this run knows: an entry with the same id after it
   * counts as success. One call when `from` is still the head, else three, and one for each anchor. At most 100
   * entries.
   */
  append(chain: string, from: Head, entries: readonly LedgerEntry[]): Promise<Head>;
  /** The place of the last row; `emptyChain` when there is no row. One call. */
  head(chain: string): Promise<Head>;
  /** The last rows, at most 1,000, oldest first. `headOf` and `openIntents` of these rows need no further call. One call. */
  recent(chain: string, count: number): Promise<readonly LedgerRow[]>;
  /** The rows after `from`, oldest first. One call per 1,000 rows. */
  read(chain: string, from?: Head): Promise<readonly LedgerRow[]>;
  /**
   * The newest rows of a chain, oldest first, back to the newest row for which `isLast` is true, or all rows. One call
   * for every 1,000 rows that are read.
   */
  readBackTo(chain: string, isLast: (row: LedgerRow) => boolean): Promise<readonly LedgerRow[]>;
  /** How far the chain is believed, and its rows since the last checkpoint. Two calls, however long the chain is. */
  believe(chain: string): Promise<Believed>;
  /** Reads the whole chain and all its anchors, and checks numbers, links, hashes and anchors. */
  audit(chain: string): Promise<Audited>;
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

/** Whether no chain has a row. One call. */
export const isNothingEntered = async (table: Table): Promise<boolean> => (await table.first('', 1)).length === 0;

export const openLedger = (table: Table, anchors: Anchors): Ledger => {
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
      // Asked before the very first row: any row that exists then without anchors is older than the anchors.
      await anchors.isBegun();
      let [head, missing] = [from, entries];
      let own: readonly LedgerRow[] = [];
      while (missing.length > 0) {
        const rows = link(chain, head, missing);
        if (await insert(rows)) {
          own = [...own, ...rows];
          head = headOf(rows);
          break;
        }
        const since = await read(chain, from);
        head = headOf(since, from);
        own = rowsOf(entries, since);
        missing = withoutCheckpoint(unwritten(entries, since));
      }
      await anchors.add(chain, anchorsOf(own));
      return head;
    },
    head: async (chain) => headOf(await recent(chain, 1)),
    recent,
    read,
    readBackTo: async (chain, isLast) => {
      const rows: LedgerRow[] = [];
      // The names of rows count down: the newest row comes first.
      for await (const stored of table.query(partition(chain))) {
        const row = fromRow(stored);
        rows.push(row);
        if (isLast(row)) break;
      }
      return rows.reverse();
    },
    believe: async (chain) => {
      // Anchors are read before rows: a row that is entered meanwhile must not look as if it were missing.
      const [known, isBegun] = await Promise.all([anchors.newest(chain), anchors.isBegun()]);
      const base = newestCheckpoint(known);
      const rows = await read(chain, base === undefined ? emptyChain : { ...base, seq: base.seq - 1 });
      return believe(chain, rows, known, isBegun);
    },
    audit: async (chain) => {
      const known = await anchors.all(chain);
      const rows = await read(chain);
      const verification = verifyChain(chain, rows);
      const wrong = contradiction(known, rows, 1);
      return {
        rows,
        anchors: known,
        verification: verification.kind === 'intact' && wrong ? { kind: 'broken', ...wrong } : verification,
      };
    },
  };
};
