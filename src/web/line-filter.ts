import type { Verdict } from '../posture/judgement.ts';
import type { Line } from '../posture/lines.ts';
import { ROWS } from '../posture/rows.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';

const VERDICTS: readonly Verdict[] = ['pass', 'fail', 'unknown', 'notApplicable'];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  row: [...ROWS.map(({ id }) => id), 'coverage'],
  verdict: VERDICTS,
  format: ['json', 'csv'],
};

const faultIn = ({ query }: DoorRequest): string | undefined => {
  for (const [name, values] of Object.entries(ALLOWED)) {
    const value = query.get(name);
    const isOne = value === null || values.some((one) => one.toLowerCase() === value.toLowerCase());
    if (!isOne) return `There is no ${name} ${value}. There are ${values.join(', ')}.`;
  }
  return undefined;
};

export type LineFilter =
  | { readonly kind: 'filter'; readonly keeps: (line: Line) => boolean }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** What `?row=`, `?verdict=` and `?subject=` leave over. One that is misspelt is refused: no line is no good news. */
export const lineFilter = (request: DoorRequest): LineFilter => {
  const fault = faultIn(request);
  if (fault !== undefined) return { kind: 'refused', answer: refusal(400, 'BadRequest', fault) };
  const [row, verdict, subject] = ['row', 'verdict', 'subject'].map((name) => request.query.get(name)?.toLowerCase());
  const keeps = (line: Line): boolean =>
    (row === undefined || line.row.toLowerCase() === row) &&
    (verdict === undefined || line.verdict.toLowerCase() === verdict) &&
    (subject === undefined || line.subject.toLowerCase() === subject);
  return { kind: 'filter', keeps };
};
