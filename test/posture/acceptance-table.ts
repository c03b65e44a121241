import { ROWS } from '../../src/posture/rows.ts';
import { SCENARIOS } from '../acceptance/scenarios.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The table of docs/acceptance.md: every row with its check, and the break that shows its repair. */
export const acceptanceTable = (): string =>
  [
    '| row | level | what the document says | check | repair is shown by |',
    '| --- | --- | --- | --- | --- |',
    ...ROWS.map(({ id, level, statement, check }) => {
      const shown = SCENARIOS.filter(({ rows }) => rows.includes(id)).map(({ name }) => name);
      return `| ${id} | ${level} | ${cell(statement)} | \`${check}\` | ${shown.join('; ')} |`;
    }),
  ].join('\n');
