import { type KeyWouldHave, readWouldHave, type Span } from '../loop/reconcile/would-have.ts';
import { membersAsCsv } from '../posture/csv.ts';
import { dayOf, type WouldHave } from '../remediation/protocol/would-have.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, refusal } from './door.ts';
import { csvAnswer, linkTo } from './next-link.ts';
import type { ParsedBody } from './parse-body.ts';

type Query = QueryOf<'get-would-have'>;
type Told = WouldHave & { readonly key: string };

/** The number of decisions on one page. */
export const DECISIONS_PAGE = 50;
const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;
const MOST_DAYS = 31;

const spanOf = ({ from, to, after }: Query, now: number): ParsedBody<Span> => {
  const end = to === undefined ? now : Date.parse(to);
  const begin = from === undefined ? end - USUAL_DAYS * DAY_MS : Date.parse(from);
  const bad = (detail: string): ParsedBody<Span> => ({ kind: 'refused', answer: refusal(400, 'BadRequest', detail) });
  if (begin >= end) return bad('from does not lie before to (now, where it is left out). Exchange them.');
  if (end - begin > MOST_DAYS * DAY_MS) return bad(`At most ${MOST_DAYS} days are told at once. Move from or to.`);
  return { kind: 'value', value: { from: begin, to: end, ...(after !== undefined && { after }) } };
};

const minutesIn = ({ followed }: WouldHave): number => followed.reduce((sum, { minutesDown }) => sum + minutesDown, 0);

const count = (all: readonly Told[], verdict: 'run' | 'ask'): number =>
  all.filter(({ steps }) => steps.some((step) => step.verdict === verdict)).length;

/** The same outage follows each decision of an incident: only the first decision counts for the day. */
const firstOfIncidents = (all: readonly Told[]): readonly Told[] => [
  ...new Map(all.toReversed().map((one) => [one.incident ?? `${one.key} ${one.at}`, one])).values(),
];

const dayIn = ([day, entries]: readonly [string, readonly Told[]]) => ({
  day,
  wouldHaveRun: count(entries, 'run'),
  wouldHaveAsked: count(entries, 'ask'),
  minutesDownAfter: Math.round(firstOfIncidents(entries).reduce((sum, one) => sum + minutesIn(one), 0) * 100) / 100,
  entries: entries.map(({ seq, hash, ...one }) => ({ ...one, impact: one.harm, ledger: { seq, hash } })),
});

/** `harms` is the earlier name of `impacts`: the next version leaves it out. */
const COLUMNS = [
  ...(['day', 'at', 'key', 'incident', 'mode', 'decided', 'step', 'target', 'wouldHave', 'why'] as const),
  ...(['wasDone', 'impacts', 'minutesDownAfter', 'healthyAt', 'sentence', 'harms'] as const),
];

const WORDS = { run: 'run', ask: 'asked', report: 'reported' } as const;

/** One row for every step. */
const rowsOf = (told: Told) => {
  const impacts = told.harm.map(({ consumerId, level }) => `${consumerId} (${level})`);
  return told.steps.map(({ stepId, verdict, ...step }) => ({
    ...told,
    ...step,
    day: dayOf(told.at),
    wouldHave: WORDS[verdict],
    wasDone: told.done.includes(stepId),
    impacts,
    harms: impacts,
    minutesDownAfter: minutesIn(told),
  }));
};

const toldIn = (entries: readonly KeyWouldHave[]): readonly Told[] =>
  entries.flatMap(({ keyId: key, told }) => (told === undefined ? [] : [{ key, ...told }]));

/**
 * GET: what mode auto would have done in a mode that does less, by day and oldest first, as it was entered at the decision; with
 * the affected consumers, and the minutes for which each was down after it.
 */
export const getWouldHave: Door<Query> = async (request, guardian) => {
  const { query } = request;
  const now = new Date();
  const span = spanOf(query, now.getTime());
  if (span.kind === 'refused') return span.answer;
  const { from, to } = { from: new Date(span.value.from).toISOString(), to: new Date(span.value.to).toISOString() };
  const { entries, next } = await readWouldHave(guardian, span.value, DECISIONS_PAGE, now);
  const nextLink = next && linkTo('would-have', request, { ...query, from, to, after: next });
  const told = toldIn(entries);
  if (query.format === 'csv') return csvAnswer(membersAsCsv(COLUMNS, told.flatMap(rowsOf)), nextLink, query.bom);
  const missing = entries.flatMap(({ keyId, told: one }) => (one === undefined ? [keyId] : []));
  const byDay = [...Map.groupBy(told, ({ at }) => dayOf(at))];
  const body = {
    from,
    to,
    mode: guardian.settings.policy.mode,
    value: byDay.map(dayIn),
    ...(missing.length > 0 && { missingInLedger: [...new Set(missing)] }),
    ...(nextLink && { nextLink }),
  };
  return { status: 200, body };
};
