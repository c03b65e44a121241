import { isStepKind, STEPS } from '../steps/steps.ts';
import { outagesIn } from './downtime.ts';
import { endsAsLetGo, told, toldText } from './incident-rows.ts';
import type { LedgerKind, LedgerRow } from './ledger.ts';
import { lostAt } from './loss.ts';

/**
 * One event of an incident, with the seconds since the first event. `seq`: number of the row in the key's chain; left out where
 * no row states the event itself. `by`: what woke the product, or the person who answered.
 */
export type Moment = {
  readonly what: string;
  /** ISO 8601. */
  readonly at: string;
  readonly seconds: number;
  readonly seq?: number;
  readonly by?: string;
  readonly step?: string;
  readonly target?: string;
  readonly outcome?: string;
  readonly says?: string;
};

/** The names of entries for people; `none`: the entry is no event of its own. Kinds that are not listed keep their own name. */
const NAMES: Readonly<Partial<Record<LedgerKind, string>>> = {
  opened: 'detected',
  intent: 'begun',
  outcome: 'ended',
  closed: 'healthy',
  seen: 'none',
  sighted: 'none',
  baseline: 'none',
  checkpoint: 'none',
  recorded: 'none',
};

const isTrial = (step: string): boolean => isStepKind(step) && STEPS[step].purpose === 'trial';

const nameOf = (row: LedgerRow): string => {
  const { kind, step = '', outcome } = row;
  if (endsAsLetGo(row)) return 'letGo';
  return kind === 'outcome' && outcome === 'done' && isTrial(step) ? 'revalidated' : (NAMES[kind] ?? kind);
};

const saysOf = (row: LedgerRow): string | undefined => {
  const findings = told(row, 'findings');
  if (row.kind === 'opened' && Array.isArray(findings)) return findings.map(String).join(' ');
  return toldText(row, 'why') ?? toldText(row, 'sentence') ?? toldText(row, 'kind') ?? toldText(row, 'comment');
};

/** `order`: the order of events with the same time. */
type Told = Omit<Moment, 'seconds' | 'at'> & { readonly ms: number; readonly order: number };

const momentOf = (row: LedgerRow): readonly Told[] => {
  const what = nameOf(row);
  const ms = Date.parse(row.at);
  if (what === 'none' || Number.isNaN(ms)) return [];
  const { seq, step, target, outcome } = row;
  const by = toldText(row, 'name') ?? toldText(row, 'by');
  const says = saysOf(row);
  return [
    {
      what,
      ms,
      order: seq,
      seq,
      ...(by !== undefined && { by }),
      ...(step !== undefined && { step }),
      ...(target !== undefined && { target }),
      ...(outcome !== undefined && { outcome }),
      ...(says !== undefined && { says }),
    },
  ];
};

const outageMoments = (rows: readonly LedgerRow[]): readonly Told[] =>
  outagesIn(rows).flatMap(({ consumerId, from, to, seq, endSeq = seq, letGo }): readonly Told[] => [
    { what: 'down', ms: from, order: seq, target: consumerId },
    ...(to === undefined || letGo ? [] : [{ what: 'serves', ms: to, order: endSeq, target: consumerId }]),
  ]);

/**
 * The events of an incident, oldest first, from its rows (`rowsOfIncident`). Seconds count from the loss, where Azure states its
 * time and it is the first event; else from the first event.
 */
export const timelineOf = (rows: readonly LedgerRow[]): readonly Moment[] => {
  const lost = lostAt(rows);
  const moments = [
    ...(lost === undefined ? [] : [{ what: 'lost', ms: lost, order: 0 }]),
    ...rows.flatMap(momentOf),
    ...outageMoments(rows),
  ].toSorted((one, other) => one.ms - other.ms || one.order - other.order);
  const origin = moments[0]?.ms ?? 0;
  return moments.map(({ ms, order: _order, what, ...rest }) => ({
    what,
    at: new Date(ms).toISOString(),
    seconds: (ms - origin) / 1_000,
    ...rest,
  }));
};
