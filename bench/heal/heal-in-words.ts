import { SMALLEST_HEAL, SMALLEST_HISTORY } from './smallest-heal.ts';

type Row = { readonly what: string; readonly why: string; readonly polls?: true };

const table = (heading: string, rows: readonly Row[]): readonly string[] => [
  `| | ${heading} | why |`,
  '|---|---|---|',
  ...rows.map(({ what, why, polls }, at) => `| ${at + 1} | ${what}${polls ? ' (repeated)' : ''} | ${why} |`),
];

/** The account of the smallest heal in docs/costs.md: the same lists that the log is compared with. */
export const healInWords = (): string =>
  [
    ...table('Azure call', SMALLEST_HEAL),
    '',
    'And the smallest durable history of the same heal. A step is needed where something must be history before what follows',
    'may begin: a decision before it is recorded, a record before an act, an answer of Azure before it is entered.',
    '',
    ...table('durable step', SMALLEST_HISTORY),
  ].join('\n');
