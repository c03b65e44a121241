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
import { type Chains, openChains } from './chains.ts';
import type { Table } from './table.ts';

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

/** Whether no chain has a row. One call. */
export const isNothingEntered = async (table: Table): Promise<boolean> => (await table.first('', 1)).length === 0;

/** Appends as `Ledger.append` describes it. */
const append = async (chains: Chains, anchors: Anchors, chain: string, from: Head, entries: readonly LedgerEntry[]) => {
  // Asked before the very first row: any row that exists then without anchors is older than the anchors.
  await anchors.isBegun();
  let [head, missing] = [from, entries];
  let own: readonly LedgerRow[] = [];
  while (missing.length > 0) {
    const rows = link(chain, head, missing);
    if (await chains.insert(rows)) {
      own = [...own, ...rows];
      head = headOf(rows);
      break;
    }
    const since = await chains.after(chain, from);
    head = headOf(since, from);
    own = rowsOf(entries, since);
    missing = withoutCheckpoint(unwritten(entries, since));
  }
  await anchors.add(chain, anchorsOf(own));
  return head;
};

export const openLedger = (table: Table, anchors: Anchors): Ledger => {
  const chains = openChains(table);
  return {
    append: (chain, from, entries) => append(chains, anchors, chain, from, entries),
    head: async (chain) => headOf(await chains.recent(chain, 1)),
    recent: chains.recent,
    readBackTo: chains.backTo,
    believe: async (chain) => {
      // Anchors are read before rows: a row that is entered meanwhile must not look as if it were missing.
      const [known, isBegun] = await Promise.all([anchors.newest(chain), anchors.isBegun()]);
      const base = newestCheckpoint(known);
      const rows = await chains.after(chain, base === undefined ? emptyChain : { ...base, seq: base.seq - 1 });
      return believe(chain, rows, known, isBegun);
    },
    audit: async (chain) => {
      const known = await anchors.all(chain);
      const rows = await chains.after(chain, emptyChain);
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
