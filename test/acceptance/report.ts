import type { AcceptanceRow } from '../../src/posture/row.ts';
import { ROWS } from '../../src/posture/rows.ts';
import { columns } from '../builders/columns.ts';
import { tryRow } from '../posture/fixtures/fixtures.ts';
import type { Played } from './scenario.ts';

/** `repair`: whether the before/after run of the row passed just now; `null` where its level demands no run. */
export type Line = {
  readonly id: string;
  readonly check: string;
  readonly pass: boolean;
  readonly fail: boolean;
  readonly repair: boolean | null;
};

const needsRepair = ({ level }: AcceptanceRow): boolean => level === 'AUTO' || level === 'APPR';

const repairOf = (row: AcceptanceRow, played: readonly Played[]): boolean | null => {
  const own = played.filter(({ scenario }) => scenario.rows.includes(row.id));
  if (own.length === 0) return needsRepair(row) ? false : null;
  return own.every(({ healed, writes, stillFails }) => healed && writes.length > 0 && !stillFails.includes(row.id));
};

/** Every row, its check tried on its fixtures now. */
export const linesOf = (played: readonly Played[]): readonly Line[] =>
  ROWS.map((row) => {
    const { pass, fail } = tryRow(row);
    return {
      id: row.id,
      check: row.check,
      pass: pass?.verdict === 'pass',
      fail: fail?.verdict === 'fail',
      repair: repairOf(row, played),
    };
  });

/** The missing parts of a row; empty where the row has everything that its level demands. */
export const lackOf = ({ pass, fail, repair }: Line): readonly string[] => [
  ...(pass ? [] : ['a fixture that passes']),
  ...(fail ? [] : ['a fixture that fails']),
  ...(repair === false ? ['a before/after run that heals'] : []),
];

/** One line, in which `repair` is true only where a run was played and passed. */
export const asJson = (lines: readonly Line[]): string =>
  JSON.stringify({ rows: lines.map((line) => ({ ...line, repair: line.repair === true })) });

const yes = (is: boolean | null): string => (is === null ? '-' : is ? 'yes' : 'NO');

const runsIn = (played: readonly Played[]): readonly string[] =>
  columns([
    ['what breaks', 'healed', 'still fails', 'writes', 'seconds', 'rows', 'what was written'],
    ...played.map(({ scenario, healed, writes, stillFails, seconds }) => [
      scenario.name,
      yes(healed),
      stillFails.join(' ') || '-',
      String(writes.length),
      seconds === undefined ? '-' : seconds.toFixed(0),
      scenario.rows.join(' '),
      writes.join(', '),
    ]),
  ]);

/** A table of the rows, a table of the runs, and the missing parts. */
export const asTable = (lines: readonly Line[], played: readonly Played[], remarks: readonly string[]): string => {
  const rows = columns([
    ['row', 'level', 'check', 'pass', 'fail', 'repair', 'statement'],
    ...ROWS.map((row, at) => {
      const line = lines[at];
      const marks = [line?.pass ?? false, line?.fail ?? false, line?.repair ?? null].map(yes);
      return [row.id, row.level, row.check, ...marks, row.statement];
    }),
  ]);
  const lacking = lines.flatMap((line) => lackOf(line).map((what) => `${line.id} lacks ${what}`));
  const end = lacking.length === 0 ? [`All ${lines.length} rows have what they need.`] : lacking;
  return [...rows, '', ...runsIn(played), '', ...remarks, ...end].join('\n');
};
