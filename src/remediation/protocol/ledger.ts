import { canonicalJson, type Json, sha256 } from '../model/canonical.ts';

export type LedgerKind =
  | 'opened'
  | 'seen'
  | 'sighted'
  | 'decided'
  | 'asked'
  | 'requested'
  | 'approved'
  | 'rejected'
  | 'intent'
  | 'outcome'
  | 'baseline'
  | 'closed'
  | 'checkpoint'
  | 'recorded';

/** One entry. `id` and `at` (ISO 8601) come from the orchestrator: a retry brings the same entry again. */
export type LedgerEntry = {
  readonly id: string;
  readonly at: string;
  readonly kind: LedgerKind;
  readonly incident?: string;
  readonly step?: string;
  readonly stepId?: string;
  readonly target?: string;
  readonly outcome?: 'done' | 'waiting' | 'blocked' | 'failed' | 'cancelled' | 'unknown';
  /** Only in an outcome: the id of the intent that it ends. */
  readonly intent?: string;
  readonly detail: Json;
  /** `x-ms-correlation-request-id` and similar headers of Azure's answers. */
  readonly correlationIds: readonly string[];
  /** SHA-256 of the blob with the observation. */
  readonly evidence?: string;
};

/** An entry in its chain. `prev` is the hash of the row before; `hash` covers everything else in this row. */
export type LedgerRow = LedgerEntry & {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
};

/** The last row of a chain. */
export type Head = { readonly seq: number; readonly hash: string };

export const emptyChain: Head = { seq: 0, hash: '' };

/** The rows that add these entries behind the head, in order. */
export const link = (chain: string, head: Head, entries: readonly LedgerEntry[]): readonly LedgerRow[] => {
  let { seq, hash } = head;
  return entries.map((entry) => {
    const content = { ...entry, chain, seq: seq + 1, prev: hash };
    seq += 1;
    hash = sha256(canonicalJson(content));
    return { ...content, hash };
  });
};

export const headOf = (rows: readonly LedgerRow[], before: Head = emptyChain): Head => {
  const last = rows.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : before;
};

/** Entries whose id is not among these rows: a retry still has to append them. */
export const unwritten = (entries: readonly LedgerEntry[], rows: readonly LedgerRow[]): readonly LedgerEntry[] => {
  const written = new Set(rows.map((row) => row.id));
  return entries.filter((entry) => !written.has(entry.id));
};

const sameEntry = (row: LedgerRow, entry: LedgerEntry): boolean => {
  const { chain: _chain, seq: _seq, prev: _prev, hash: _hash, ...entered } = row;
  return canonicalJson(entered) === canonicalJson(entry);
};

/** The rows that hold exactly these entries. A row with the same id and another content is not the entry's own row. */
export const rowsOf = (entries: readonly LedgerEntry[], rows: readonly LedgerRow[]): readonly LedgerRow[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return rows.filter((row) => {
    const entry = byId.get(row.id);
    return entry !== undefined && sameEntry(row, entry);
  });
};

export type Verification =
  | { readonly kind: 'intact'; readonly head: Head }
  | { readonly kind: 'broken'; readonly seq: number; readonly fault: string };

const faultOf = (chain: string, before: Head, row: LedgerRow, ids: ReadonlySet<string>): string | undefined => {
  const { hash, ...content } = row;
  if (row.chain !== chain) return `belongs to the chain ${row.chain}`;
  if (row.seq !== before.seq + 1) return `follows number ${before.seq}: rows are missing`;
  if (row.prev !== before.hash) return 'does not link to the row before it';
  if (sha256(canonicalJson(content)) !== hash) return 'was changed after it was written';
  if (ids.has(row.id)) return `repeats the entry ${row.id}`;
  return undefined;
};

/** Checks numbers, links and hashes of the rows of a chain behind `before`, oldest row first. */
export const verifyChain = (chain: string, rows: readonly LedgerRow[], before: Head = emptyChain): Verification => {
  let head = before;
  const ids = new Set<string>();
  for (const row of rows) {
    const fault = faultOf(chain, head, row, ids);
    if (fault) return { kind: 'broken', seq: row.seq, fault: `Row ${row.seq} ${fault}.` };
    ids.add(row.id);
    head = { seq: row.seq, hash: row.hash };
  }
  return { kind: 'intact', head };
};

/** Intents without an outcome. Where the step of one is dead, the run that finds it enters the outcome `unknown`. */
export const openIntents = (rows: readonly LedgerRow[]): readonly LedgerRow[] => {
  const ended = new Set(rows.map((row) => row.intent));
  return rows.filter((row) => row.kind === 'intent' && !ended.has(row.id));
};
