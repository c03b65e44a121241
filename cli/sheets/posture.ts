import type { GetPosture200 } from '../../client/api.ts';
import { type Block, command, heading, type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';
import { nameAt } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { lasting } from '../words/times.ts';

type Line = GetPosture200['lines'][number];
type Row = GetPosture200['rows'][number];

/** The number of lines on one screen; the other forms of output have all lines. */
const SHOWN = 40;

const isBad = ({ verdict }: Line): boolean => verdict === 'fail' || verdict === 'unknown';

/** The rows of these lines: where a reader has asked for some of the lines, the other rows are not meant. */
const rowsOf = (lines: readonly Line[], { rows }: GetPosture200) =>
  tableOf<Row>(
    {
      row: ({ id }) => id,
      level: ({ level }) => level,
      fails: ({ fail = 0 }) => fail,
      unknown: ({ unknown = 0 }) => unknown,
      passes: ({ pass = 0 }) => pass,
      what: ({ statement }) => statement,
    },
    rows.filter(({ id }) => lines.some(({ row }) => row === id)),
  );

const lineBlocks = ({ row, subject, verdict, evidence, plan = [], runbook }: Line): readonly Block[] => [
  heading(`${row} ${nameAt(subject)}: ${verdict === 'fail' ? 'fails' : 'nobody can tell'}`),
  text(`${plain(evidence)}${runbook ? ` ${runbook}` : ''}`),
  ...plan.map(command),
];

const head = ({ rows, ageSeconds, isComplete, unreadable }: GetPosture200): readonly Block[] => {
  const judged = rows.filter(({ pass = 0, fail = 0, unknown = 0 }) => pass + fail + unknown > 0);
  const failing = judged.filter(({ fail = 0 }) => fail > 0).length;
  return [
    text(
      `${failing === 0 ? 'No row fails' : `${counted(failing, 'row')} of ${judged.length} ${failing === 1 ? 'fails' : 'fail'}`}, ${lasting(ageSeconds * 1000)} ago.`,
    ),
    ...(isComplete ? [] : [text(`Not everything could be read: ${unreadable.join(' ')}`)]),
  ];
};

/** The posture of the guarded resources, row by row. */
export const postureSheet = (posture: GetPosture200): Sheet => {
  const bad = posture.lines.filter(isBad);
  const rows = rowsOf(bad, posture);
  const more = bad.length - SHOWN;
  return {
    isWell: posture.isComplete && bad.length === 0,
    answer: posture,
    blocks: [
      ...head(posture),
      ...(rows.rows.length > 0 ? [text(''), table(rows.columns, rows.rows)] : []),
      ...bad.slice(0, SHOWN).flatMap(lineBlocks),
      ...(more > 0 ? [heading(`And ${more} more: --output csv has all.`)] : []),
    ],
    records: tableOf<Line>(
      {
        row: ({ row }) => row,
        statement: ({ statement }) => statement,
        check: ({ check }) => check,
        subject: ({ subject }) => subject,
        kind: ({ kind }) => kind,
        use: ({ use }) => use,
        verdict: ({ verdict }) => verdict,
        evidence: ({ evidence }) => evidence,
        plan: ({ plan = [] }) => plan.join('\n'),
        runbook: ({ runbook }) => runbook,
      },
      posture.lines,
    ),
  };
};
