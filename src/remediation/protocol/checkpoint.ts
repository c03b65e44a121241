import type { Json } from '../model/canonical.ts';
import type { Whole } from './believe.ts';
import { type LedgerEntry, type LedgerRow, openIntents } from './ledger.ts';

/** So many rows are read at most before the next reading begins with a checkpoint. */
export const CHECKPOINT_EVERY = 100;

/** How far back repairs are counted that something may keep undoing, and who else wrote meanwhile: a checkpoint keeps them so long. */
export const REPAIRS_MS = 86_400_000;

/** What does not fit into one row is no checkpoint: the chain is then read from the one before. */
const MOST_CHARACTERS = 300_000;

/** Of a baseline its hash, of the outcome of `assignIdentity` who was assigned. */
const KEPT = new Set(['sha256', 'assigned']);

/** What decisions still ask of a row that was long ago: of a sighting all, of the rest what is in `KEPT`. */
const shortened = ({ evidence: _evidence, ...row }: LedgerRow): LedgerRow => {
  const { detail, kind } = row;
  if (kind === 'sighted') return row;
  const kept =
    typeof detail === 'object' && detail !== null ? Object.entries(detail).filter(([name]) => KEPT.has(name)) : [];
  return { ...row, detail: Object.fromEntries(kept) };
};

/** What a checkpoint has to know beside the chain. `said`: ids of the entries of words of people that are still in force. */
export type Present = { readonly now: Date; readonly incident?: string; readonly said: ReadonlySet<string> };

/** Of the looks that told who had which right: those that were the last to tell of any of them. */
const lastToTell = (rows: readonly LedgerRow[]): ReadonlySet<LedgerRow> => {
  const told = new Set<string>();
  const last = rows.toReversed().filter(({ kind, detail }) => {
    if (kind !== 'sighted') return false;
    const { has, lacks } = detail as { readonly has: readonly string[]; readonly lacks: readonly string[] };
    const names = [...has, ...lacks].filter((name) => !told.has(name));
    for (const name of names) told.add(name);
    return names.length > 0;
  });
  return new Set(last);
};

const stillMatters = ({ entered, proven }: Whole, { now, incident, said }: Present) => {
  const last = (['baseline', 'sighted'] as const).map((kind) => proven.findLast((row) => row.kind === kind));
  const told = lastToTell(proven);
  const isProven = new Set(proven);
  const open = new Set(openIntents(entered).map(({ id }) => id));
  return (row: LedgerRow): boolean => {
    const { id, at, kind, incident: of } = row;
    if (kind === 'requested') return said.has(id);
    if (!isProven.has(row)) return false;
    if (last.includes(row) || told.has(row) || open.has(id) || said.has(id)) return true;
    if (kind !== 'intent' && kind !== 'outcome' && kind !== 'sighted') return false;
    return (incident !== undefined && of === incident) || Date.parse(at) > now.getTime() - REPAIRS_MS;
  };
};

/**
 * The detail of a checkpoint behind the head of this chain: the proven rows that a decision may still rest on. `undefined`
 * where none is due.
 */
export const checkpointOf = (believed: Whole, present: Present): Json | undefined => {
  if (believed.fresh < CHECKPOINT_EVERY) return undefined;
  const kept = believed.entered.filter(stillMatters(believed, present)).map(shortened) as unknown as Json;
  return JSON.stringify(kept).length > MOST_CHARACTERS ? undefined : { kept };
};

/** A checkpoint is true only directly behind the head that it was made of. */
export const withoutCheckpoint = (entries: readonly LedgerEntry[]): readonly LedgerEntry[] =>
  entries.filter(({ kind }) => kind !== 'checkpoint');
