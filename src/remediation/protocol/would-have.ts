import type { InAuto } from '../policy/would-have.ts';
import { outagesIn } from './downtime.ts';
import { endsAsLetGo, rowsOfIncident, told, toldText } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';

/** The day (UTC) of a time (ISO 8601). */
export const dayOf = (at: string): string => at.slice(0, 10);

/**
 * The name of a note among the notes of its day: its time, and a hash. A name that comes in a query is checked by this pattern.
 */
export const PLACE_OF_NOTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\.[0-9a-f]{16}$/;

type Suffered = { readonly consumerId: string; readonly minutesDown: number; readonly isDownNow: boolean };

/**
 * What mode auto would have done at one entry, and what followed because the product did not do it. `minutesDown`: counted from
 * the decision on; the time that the repair itself would have taken is not subtracted. `done`: ids of the steps that were done
 * all the same, because a person approved them.
 */
export type WouldHave = InAuto & {
  readonly at: string;
  readonly mode: string;
  /** The verdict that was made instead. */
  readonly decided: string;
  readonly incident?: string;
  readonly followed: readonly Suffered[];
  readonly healthyAt?: string;
  readonly done: readonly string[];
  readonly seq: number;
  readonly hash: string;
};

const isInAuto = (value: unknown): value is InAuto & { readonly mode: string } =>
  typeof value === 'object' && value !== null && 'steps' in value && 'harm' in value && 'mode' in value;

/** Minutes, rounded down to hundredths, in which each consumer was down after a time (ms since 1970). */
const sufferedAfter = (rows: readonly LedgerRow[], after: number, now: number): readonly Suffered[] => {
  const byConsumer = Map.groupBy(outagesIn(rows), ({ consumerId }) => consumerId);
  return [...byConsumer].flatMap(([consumerId, outages]) => {
    const lengths = outages.map(({ from, to = now }) => Math.max(0, to - Math.max(from, after)));
    const minutesDown = Math.floor(lengths.reduce((sum, ms) => sum + ms, 0) / 600) / 100;
    const isDownNow = outages.some(({ to }) => to === undefined);
    return minutesDown > 0 || isDownNow ? [{ consumerId, minutesDown, isDownNow }] : [];
  });
};

const isAfter =
  ({ seq }: LedgerRow) =>
  (row: LedgerRow): boolean =>
    row.seq > seq;

/**
 * What mode auto would have done, from one entry in the chain of a key; `undefined` where the chain has no such entry, or the
 * entry does not say it. `now`: ms since 1970.
 */
export const wouldHaveIn = (chain: readonly LedgerRow[], entry: string, now: number): WouldHave | undefined => {
  const row = chain.find(({ id }) => id === entry);
  const inAuto = row && told(row, 'inAuto');
  if (row === undefined || !isInAuto(inAuto)) return undefined;
  const { incident, at, seq, hash } = row;
  const rows = incident === undefined ? [] : rowsOfIncident(chain, incident);
  const later = rows.filter(isAfter(row));
  const healthyAt = later.find((one) => one.kind === 'closed' && !endsAsLetGo(one))?.at;
  const { mode, steps, harm } = inAuto;
  return {
    at,
    mode,
    decided: toldText(row, 'kind') ?? row.kind,
    ...(incident !== undefined && { incident }),
    steps,
    harm,
    followed: sufferedAfter(rows, Date.parse(at), now),
    ...(healthyAt !== undefined && { healthyAt }),
    done: later.flatMap(({ outcome, stepId }) => (outcome === 'done' && stepId !== undefined ? [stepId] : [])),
    seq,
    hash,
  };
};
