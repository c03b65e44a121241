import TableOfCells from 'cli-table3';
import { fitColumns } from './fit-columns.ts';
import type { Table } from './sheet.ts';
import { wrap } from './wrap.ts';

const GAP = 2;

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((name) => [name, '']),
);

const inColumns = ({ columns, rows }: Table, widths: readonly number[]): readonly string[] => {
  const grid = new TableOfCells({
    head: columns.map((name) => name.toUpperCase()),
    chars: { ...NO_LINES, middle: ' '.repeat(GAP) },
    colWidths: [...widths],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  grid.push(...rows.map((row) => row.map((cell, at) => wrap(cell, widths[at] ?? 0).join('\n'))));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};

const INDENT = 2;

/** A row below the other, each cell after the name of its column: for a screen that is too narrow for columns. */
const inRecords = ({ columns, rows }: Table, width: number): readonly string[] => {
  const names = Math.max(...columns.map((name) => name.length)) + INDENT;
  return rows.flatMap((row, at) => [
    ...(at > 0 ? [''] : []),
    ...row.flatMap((cell, n) => {
      if (cell === '') return [];
      const [first = '', ...more] = wrap(cell, width - names);
      return [`${(columns[n] ?? '').padEnd(names)}${first}`, ...more.map((line) => ' '.repeat(names) + line)];
    }),
  ]);
};

/** A table in lines that fit: in columns where every word and every command has room, else a row below the other. */
export const tableAsText = (table: Table, width: number): readonly string[] => {
  const widths = fitColumns(table, width, GAP);
  return widths ? inColumns(table, widths) : inRecords(table, width);
};
