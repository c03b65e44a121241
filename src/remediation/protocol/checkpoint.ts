import type { Json } from '../model/canonical.ts';
import type { Whole } from './believe.ts';
import { type LedgerEntry, type LedgerRow, openIntents } from './ledger.ts';

/** The most rows that are read before a new checkpoint, with which the next reading begins. */
export const CHECKPOINT_EVERY = 100;

/**
 * How long a checkpoint keeps repairs and other writes: within this time the product counts repairs that something keeps undoing.
 */
export const REPAIRS_MS = 86_400_000;

/** A checkpoint that does not fit into one row is left out: the chain is then read from the checkpoint before. */
const MOST_CHARACTERS = 300_000;

/** The details that a checkpoint keeps: the hash of a baseline, and the identity that a step `assignIdentity` assigned. */
const KEPT = new Set(['sha256', 'assigned']);

/** The part of an old row that decisions still need: all of a sighting, of other rows only the details in `KEPT`. */
const shortened = ({ evidence: _evidence, ...row }: LedgerRow): LedgerRow => {
  const { detail, kind } = row;
  if (kind === 'sighted') return row;
  const kept =
    typeof detail === 'object' && detail !== null ? Object.entries(detail).filter(([name]) => KEPT.has(name)) : [];
  return { ...row, detail: Object.fromEntries(kept) };
};

/**
 * The facts that a checkpoint needs beside the chain. `said`: ids of the entries of approvals, rejections and requests that are
 * still in force.
 */
export type Present = { readonly now: Date; readonly incident?: string; readonly said: ReadonlySet<string> };

/** The newest sightings: of each right, the last sighting that names it. */
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
 * The detail of a checkpoint to put behind the head of this chain: the proven rows that a decision may still depend on.
 * `undefined` where none is due.
 */
export const checkpointOf = (believed: Whole, present: Present): Json | undefined => {
  if (believed.fresh < CHECKPOINT_EVERY) return undefined;
  const kept = believed.entered.filter(stillMatters(believed, present)).map(shortened) as unknown as Json;
  return JSON.stringify(kept).length > MOST_CHARACTERS ? undefined : { kept };
};

/** A checkpoint is true only directly behind the head that it was made of: it is dropped where other entries come between. */
export const withoutCheckpoint = (entries: readonly LedgerEntry[]): readonly LedgerEntry[] =>
  entries.filter(({ kind }) => kind !== 'checkpoint');
