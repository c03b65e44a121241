import * as z from 'zod/mini';
import {
  admit,
  type Entrant,
  isWaiting,
  type Lane,
  openTrials,
  type PaceAdmission,
  proven,
  withoutTrial,
} from '../remediation/protocol/pace.ts';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Change, Row, StoredRow, Table } from './table.ts';

/** The pace of repairs while a systemic cause is likely, over all instances: one lane for each kind of repair. */
export type Lanes = {
  /**
   * Whether this repair may begin now, or when it must ask again. `deadline`: ISO 8601 in UTC, to the millisecond. Two
   * calls, more where other repairs ask at the same time.
   */
  enter(kind: string, entrant: Entrant, deadline: string): Promise<PaceAdmission>;
  /** The trial of this repair did not end well. One call, and one more where the repair was a trial. */
  failed(kind: string, id: string): Promise<void>;
  /** Ids of the trials of this key that were not seen healthy yet. One call. */
  openTrials(kind: string, key: string): Promise<readonly string[]>;
  /** These trials were seen healthy. Two calls where that is news. */
  seenWell(kind: string, ids: readonly string[]): Promise<void>;
};

const text = z.string();
const laneSchema = z.object({
  openedAt: text,
  usedAt: text,
  trials: z.array(z.object({ id: text, key: text, at: text, isProven: z.optional(z.literal(true)) })),
  starts: z.array(z.object({ id: text, at: text })),
});

/** Sorts before every waiting repair, so that one query returns the lane and all repairs with an earlier deadline. */
const LANE = '0';

/** A waiting repair asks again sooner than this; an older place belongs to a dead repair. */
const KEPT_MS = 3_600_000;
const FORGOTTEN_AT_ONCE = 5;

const partitionOf = (kind: string): string => `lane-${kind}`;

const rowOf = (kind: string, lane: Lane): Row => ({
  partitionKey: partitionOf(kind),
  rowKey: LANE,
  ...toJsonColumns(lane),
});

/** A row that cannot be read counts as no row: the pace then begins anew, with trials. */
const laneIn = (row: StoredRow | undefined): Lane | undefined => {
  try {
    return row && (z.parse(laneSchema, fromJsonColumns(row)) as Lane);
  } catch {
    return undefined;
  }
};

const put = (kind: string, lane: Lane, over: StoredRow | undefined): Change =>
  over ? { kind: 'replace', row: rowOf(kind, lane), etag: over.etag } : { kind: 'create', row: rowOf(kind, lane) };

/** The lane, the place of this repair, and the places of all repairs with an earlier deadline. */
type Seen = { readonly name: string; readonly stored: StoredRow | undefined; readonly places: readonly StoredRow[] };

const look = async (table: Table, kind: string, name: string): Promise<Seen> => {
  const upToOwn = `PartitionKey eq '${partitionOf(kind)}' and RowKey ge '${LANE}' and RowKey le '${name}'`;
  const rows: StoredRow[] = [];
  for await (const row of table.query(upToOwn, ['until', 'json0'])) rows.push(row);
  const isLane = ({ rowKey }: StoredRow): boolean => rowKey === LANE;
  return { name, stored: rows.find(isLane), places: rows.filter((row) => !isLane(row)) };
};

/** The rows that the admission changes: the lane where it changed, and the place of a waiting repair. */
const changesOf = (kind: string, { name, places, stored }: Seen, admission: PaceAdmission): readonly Change[] => {
  const place = { partitionKey: partitionOf(kind), rowKey: name };
  const isNews = admission.kind === 'admitted' || laneIn(stored)?.openedAt !== admission.lane.openedAt;
  const lane = isNews ? [put(kind, admission.lane, stored)] : [];
  if (admission.kind === 'waiting') return [...lane, { kind: 'put', row: { ...place, until: admission.until } }];
  return places.some(({ rowKey }) => rowKey === name) ? [...lane, { kind: 'delete', row: place }] : lane;
};

const untilIn = (row: StoredRow): string => String(row['until']);

/**
 * Deletes places of repairs that died while they waited, a few at a time. The next repair that begins after such places
 * does this.
 */
const forget = async (table: Table, { places }: Seen, now: number): Promise<void> => {
  const dead = places.filter((row) => now - Date.parse(untilIn(row)) > KEPT_MS);
  for (const { partitionKey, rowKey, etag } of dead.slice(0, FORGOTTEN_AT_ONCE))
    await table.remove(partitionKey, rowKey, etag);
};

type Asking = { readonly kind: string; readonly entrant: Entrant; readonly deadline: string };

const enterLane = async (
  table: Table,
  clock: () => number,
  { kind, entrant, deadline }: Asking,
): Promise<PaceAdmission> => {
  const name = `wait:${deadline}:${rowKeyOf(entrant.id)}`;
  for (;;) {
    const seen = await look(table, kind, name);
    const now = clock();
    const ahead = seen.places.filter((row) => row.rowKey !== name && isWaiting(untilIn(row), now)).length;
    const admission = admit(laneIn(seen.stored), entrant, ahead, now);
    if (!(await table.transact(changesOf(kind, seen, admission)))) continue;
    if (admission.kind === 'admitted') await forget(table, seen, now);
    return admission;
  }
};

/** Changes the lane by this rule, which returns nothing where nothing changes. */
const change = async (
  table: Table,
  kind: string,
  rule: (lane: Lane | undefined) => Lane | undefined,
): Promise<void> => {
  for (;;) {
    const stored = await table.get(partitionOf(kind), LANE);
    const lane = rule(laneIn(stored));
    if (lane === undefined || stored === undefined) return;
    if (await table.write({ kind: 'replace', row: rowOf(kind, lane), etag: stored.etag })) return;
  }
};

export const openLanes = (table: Table, now: () => number): Lanes => ({
  enter: (kind, entrant, deadline) => enterLane(table, now, { kind, entrant, deadline }),
  failed: (kind, id) => change(table, kind, (lane) => withoutTrial(lane, id)),
  openTrials: async (kind, key) => {
    const lane = laneIn(await table.get(partitionOf(kind), LANE));
    return lane ? openTrials(lane, key) : [];
  },
  seenWell: (kind, ids) => change(table, kind, (lane) => proven(lane, ids, now())),
});
