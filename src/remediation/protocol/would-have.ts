import type { InAuto } from '../policy/would-have.ts';
import { outagesIn } from './downtime.ts';
import { rowsOfIncident, told, toldText } from './incident-rows.ts';
import type { LedgerRow } from './ledger.ts';

/** The day of an instant (ISO 8601), in UTC. */
export const dayOf = (at: string): string => at.slice(0, 10);

/** What names a note among those of its day: its instant, and a hash. What comes in a query is checked by it. */
export const PLACE_OF_NOTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\.[0-9a-f]{16}$/;

type Suffered = { readonly consumerId: string; readonly minutesDown: number; readonly isDownNow: boolean };

/**
 * What mode auto would have done by one entry, and what followed since it was not done by itself. `minutesDown`: from the decision on;
 * what a repair itself would have taken is not taken off. `done`: ids of the steps that were done all the same, on somebody's word.
 */
export type WouldHave = InAuto & {
  readonly at: string;
  readonly mode: string;
  /** What was decided instead. */
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

/** Minutes, rounded down to hundredths, in which each consumer was down after an instant (ms since epoch). */
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

/** By the chain of a key; `undefined` where it has no such entry, or that tells nothing of mode auto. `now`: ms since epoch. */
export const wouldHaveIn = (chain: readonly LedgerRow[], entry: string, now: number): WouldHave | undefined => {
  const row = chain.find(({ id }) => id === entry);
  const inAuto = row && told(row, 'inAuto');
  if (row === undefined || !isInAuto(inAuto)) return undefined;
  const { incident, at, seq, hash } = row;
  const rows = incident === undefined ? [] : rowsOfIncident(chain, incident);
  const later = rows.filter(isAfter(row));
  const healthyAt = later.find(({ kind }) => kind === 'closed')?.at;
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
