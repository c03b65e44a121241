import { type MeasuredIncident, readIncidentHistory } from '../loop/reconcile/incident-history.ts';
import { figuresByCause } from '../remediation/protocol/incident-figures.ts';
import { countedByWeek } from '../remediation/protocol/weeks.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, refusal } from './door.ts';
import type { ParsedBody } from './parse-body.ts';

type Query = QueryOf<'get-history'>;
type Span = { readonly from: number; readonly to: number };

const DAY_MS = 86_400_000;
const USUAL_DAYS = 84;
const MOST_DAYS = 366;
/** The most incidents whose chains are read for one answer. */
export const MOST_MEASURED = 1_000;

const spanOf = ({ from, to }: Query, now: number): ParsedBody<Span> => {
  const end = to === undefined ? now : Date.parse(to);
  const begin = from === undefined ? end - USUAL_DAYS * DAY_MS : Date.parse(from);
  const bad = (detail: string): ParsedBody<Span> => ({ kind: 'refused', answer: refusal(400, 'BadRequest', detail) });
  if (begin >= end) return bad('from does not lie before to (now, where it is left out). Exchange them.');
  if (end - begin > MOST_DAYS * DAY_MS) return bad(`At most ${MOST_DAYS} days are told at once. Move from or to.`);
  return { kind: 'value', value: { from: begin, to: end } };
};

const lineOf = ({ keyId: key, id, openedAt, closedAt, ...figures }: MeasuredIncident) => ({
  id,
  key,
  openedAt,
  ...(closedAt !== undefined && { closedAt }),
  ...figures,
});

/**
 * GET: the incidents that were opened between two times (by default the last twelve weeks): how many each week, how fast they
 * were detected and healed by cause, and the figures of each. Figures are made of at most the newest thousand (`measured`).
 */
export const getHistory: Door<Query> = async ({ query }, guardian) => {
  const now = new Date();
  const span = spanOf(query, now.getTime());
  if (span.kind === 'refused') return span.answer;
  const { from, to } = span.value;
  const { opened, measured } = await readIncidentHistory(guardian, { from, to, most: MOST_MEASURED }, now);
  const body = {
    now: now.toISOString(),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    incidents: {
      opened: opened.length,
      open: opened.filter(({ closedAt }) => closedAt === undefined).length,
      measured: measured.length,
    },
    weeks: countedByWeek(
      opened.map(({ openedAt }) => openedAt),
      from,
      to,
    ),
    causes: figuresByCause(measured),
    value: measured.map(lineOf),
  };
  return { status: 200, body };
};
