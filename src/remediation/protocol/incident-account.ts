import { hasImpact } from '../model/findings.ts';
import { type Downtime, downtimesIn } from './downtime.ts';
import { findingsIn, toldText } from './incident-rows.ts';
import { type IncidentWrite, writesIn } from './incident-writes.ts';
import type { LedgerRow } from './ledger.ts';
import { type Cause, causesOf, lostAt } from './loss.ts';
import { type Moment, timelineOf } from './timeline.ts';

/** An answer or request of a person in an incident. `by`: object id. */
export type Word = {
  readonly what: string;
  readonly at: string;
  readonly by: string;
  readonly name?: string;
  readonly ticket?: string;
  readonly comment?: string;
  readonly why?: string;
  readonly planId?: string;
  readonly seq: number;
};

/** The place of an entry in its chain. */
export type Proof = { readonly seq: number; readonly kind: string; readonly at: string; readonly hash: string };

/** The account of one incident, from its rows alone. Times are ISO 8601. `lostAt`: left out where Azure states no time. */
export type IncidentAccount = {
  readonly lostAt?: string;
  readonly timeline: readonly Moment[];
  readonly consumers: readonly Downtime[];
  readonly cause: { readonly faults: readonly Cause[]; readonly roots: readonly Cause[] };
  readonly people: readonly Word[];
  readonly writes: readonly IncidentWrite[];
  /** SHA-256 hashes of the stored observations, oldest first. */
  readonly evidence: readonly string[];
  readonly proof: readonly Proof[];
};

/** Kinds of rows whose `by` is not a person. */
const OF_NOBODY: ReadonlySet<string> = new Set(['opened', 'intent', 'outcome']);
const SAID = ['name', 'ticket', 'comment', 'why', 'planId'] as const;

const wordOf = (row: LedgerRow): readonly Word[] => {
  const by = toldText(row, 'by');
  if (by === undefined || OF_NOBODY.has(row.kind)) return [];
  const said = SAID.flatMap((name) => {
    const text = toldText(row, name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return [{ what: row.kind, at: row.at, by, ...Object.fromEntries(said), seq: row.seq }];
};

/** Adds the affected consumers that were never seen down, with a downtime of 0. */
const withAffected = (rows: readonly LedgerRow[], downtimes: readonly Downtime[]): readonly Downtime[] => {
  const down = new Set(downtimes.map(({ consumerId }) => consumerId.toLowerCase()));
  const impacts = rows.flatMap(findingsIn).filter(hasImpact);
  const affected = impacts.flatMap(({ harm }) =>
    harm.flatMap(({ level, consumerId }) => (level === 'none' ? [] : [consumerId])),
  );
  const others = [...new Set(affected.map((id) => id.toLowerCase()))].filter((id) => !down.has(id));
  const none = { minutesDown: 0, atMostMinutes: 0, isDownNow: false };
  return [...downtimes, ...others.map((consumerId) => ({ consumerId, ...none }))];
};

/** Makes the account of an incident from its rows (`rowsOfIncident`). `now`, in ms since 1970, ends what lasts. */
export const accountOf = (rows: readonly LedgerRow[], now: number): IncidentAccount => {
  const lost = lostAt(rows);
  const { faults, roots } = causesOf(rows);
  return {
    ...(lost !== undefined && { lostAt: new Date(lost).toISOString() }),
    timeline: timelineOf(rows),
    consumers: withAffected(rows, downtimesIn(rows, now)),
    cause: { faults, roots: roots.map(({ kind, target, sentence }) => ({ kind, target, sentence })) },
    people: rows.flatMap(wordOf),
    writes: writesIn(rows),
    evidence: [...new Set(rows.flatMap(({ evidence }) => evidence ?? []))],
    proof: rows.map(({ seq, kind, at, hash }) => ({ seq, kind, at, hash })),
  };
};

/** Seconds from the first event named `from` to the first event named `to`; `undefined` where one of them is missing. */
export const secondsBetween = (timeline: readonly Moment[], from: string, to: string): number | undefined => {
  const [begin, end] = [from, to].map((name) => timeline.find(({ what }) => what === name)?.seconds);
  return begin === undefined || end === undefined ? undefined : end - begin;
};
