import { faultOf } from '../model/faults.ts';
import { isUnseen } from '../model/findings.ts';
import { isStepKind, STEPS } from '../steps/steps.ts';
import { findingsIn, letGoIn } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';
import { lostAt } from './loss.ts';

/**
 * One time in which a consumer was down, in ms since 1970. `from`: the look that first saw it down. `earliest`: the consumer
 * cannot have been down before this time, which is that of the look before, or that of the loss. `to`: when Azure said that it
 * came back, else the look that saw it back, or that let it go; left out while it is down.
 */
export type Outage = {
  readonly consumerId: string;
  readonly from: number;
  readonly earliest: number;
  readonly to?: number;
  /** Numbers of the rows that show the beginning and the end of the outage. */
  readonly seq: number;
  readonly endSeq?: number;
  /** The outage ends because nobody looks at the consumer any more: it was not seen to come back. */
  readonly letGo?: true;
};

const downIn = (row: LedgerRow): ReadonlySet<string> =>
  new Set(
    findingsIn(row)
      .filter(({ kind }) => faultOf(kind).showsDown === true)
      .map(({ target }) => target),
  );

/** The consumer that a step has just brought back: Azure ends such an operation only after the consumer has used the key. */
const broughtBack = ({ kind, step = '', outcome, target }: LedgerRow): string | undefined =>
  kind === 'outcome' && outcome === 'done' && isStepKind(step) && STEPS[step].purpose === 'trial'
    ? target?.toLowerCase()
    : undefined;

type Clock = { readonly now: number; readonly before: number };

/**
 * The rows of an incident in their order, with their times. A time before that of an earlier row is replaced by the earlier row's
 * time.
 */
const timed = (rows: readonly LedgerRow[]): readonly (Clock & { readonly row: LedgerRow })[] => {
  let now = Number.NEGATIVE_INFINITY;
  return rows
    .filter(({ kind }) => kind === 'seen' || kind === 'outcome' || kind === 'closed')
    .map((row) => {
      const before = now;
      now = Math.max(now, Date.parse(row.at));
      return { row, now, before };
    });
};

/** A look that saw nothing of the key proves of nobody that it is back. */
const isBlind = (row: LedgerRow): boolean => isUnseen(findingsIn(row));

/** Whether the look or the end names the consumer among those that were let go, or the end does and the look was the last one. */
const letGoAt = (rows: readonly LedgerRow[]): ((consumerId: string, row: LedgerRow) => boolean) => {
  const ids = new Set(rows.filter(({ kind }) => kind === 'closed').flatMap(letGoIn));
  const last = rows.findLast(({ kind }) => kind === 'seen')?.seq ?? 0;
  return (consumerId, row) => {
    const id = consumerId.toLowerCase();
    return letGoIn(row).includes(id) || (row.seq >= last && ids.has(id));
  };
};

/** Every time in which a consumer was down in an incident, oldest first, as the product saw it. */
export const outagesIn = (rows: readonly LedgerRow[]): readonly Outage[] => {
  const lost = lostAt(rows) ?? Number.NEGATIVE_INFINITY;
  const isLetGo = letGoAt(rows);
  const open = new Map<string, Outage>();
  const back = new Map<string, { readonly to: number; readonly endSeq: number }>();
  const ended: Outage[] = [];
  for (const { row, now, before } of timed(rows)) {
    const returned = broughtBack(row);
    if (returned !== undefined) back.set(returned, { to: now, endSeq: row.seq });
    if (row.kind === 'outcome') continue;
    const down = downIn(row);
    for (const [consumerId, outage] of open) {
      if (down.has(consumerId) || (isBlind(row) && !back.has(consumerId))) continue;
      const end = back.get(consumerId) ?? { to: now, endSeq: row.seq };
      ended.push({ ...outage, ...end, ...(isLetGo(consumerId, row) && { letGo: true }) });
      open.delete(consumerId);
    }
    for (const consumerId of down) {
      if (open.has(consumerId)) continue;
      const earliest = Math.max(lost, before);
      open.set(consumerId, {
        consumerId,
        seq: row.seq,
        from: now,
        earliest: Number.isFinite(earliest) ? Math.min(earliest, now) : now,
      });
    }
    back.clear();
  }
  return [...ended, ...open.values()].toSorted((one, other) => one.from - other.from);
};

/**
 * The downtime of one consumer. In minutes, rounded down to hundredths; `atMostMinutes` counts from the earliest time at which it
 * can have been down.
 */
export type Downtime = {
  readonly consumerId: string;
  readonly minutesDown: number;
  readonly atMostMinutes: number;
  readonly isDownNow: boolean;
};

const inMinutes = (ms: number): number => Math.floor(ms / 600) / 100;

/** The sum of the outages of each consumer that was down. `now`, in ms since 1970, ends outages that last. */
export const downtimesIn = (rows: readonly LedgerRow[], now: number): readonly Downtime[] => {
  const byConsumer = Map.groupBy(outagesIn(rows), ({ consumerId }) => consumerId);
  return [...byConsumer].map(([consumerId, outages]) => {
    const until = ({ from, to }: Outage): number => to ?? Math.max(now, from);
    const sum = (begin: (outage: Outage) => number): number =>
      outages.reduce((ms, outage) => ms + until(outage) - begin(outage), 0);
    return {
      consumerId,
      minutesDown: inMinutes(sum(({ from }) => from)),
      atMostMinutes: inMinutes(sum(({ earliest }) => earliest)),
      isDownNow: outages.some(({ to }) => to === undefined),
    };
  });
};
