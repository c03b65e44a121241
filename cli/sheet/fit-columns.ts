import type { Table } from './sheet.ts';
import { widthOf } from './width.ts';
import { unbrokenIn } from './wrap.ts';

const longest = (words: readonly string[]): number => Math.max(1, ...words.map(widthOf));

const cellsOf = ({ columns, rows }: Table, at: number): readonly string[] => [
  columns[at] ?? '',
  ...rows.map((row) => row[at] ?? ''),
];

/**
 * The width of each column, so that all together take `width` places with `gap` between them and neither a word nor a command is
 * broken. `undefined` where the longest of these alone take more. Free places go first to the columns that lack the fewest.
 */
export const fitColumns = (table: Table, width: number, gap: number): readonly number[] | undefined => {
  const columns = table.columns.map((_name, at) => cellsOf(table, at));
  const widths = columns.map((cells) => longest(cells.flatMap(unbrokenIn)));
  const wanted = columns.map((cells) => longest(cells));
  let left = width - gap * (columns.length - 1) - widths.reduce((sum, one) => sum + one, 0);
  if (left < 0) return undefined;
  const lackOf = (at: number): number => (wanted[at] ?? 0) - (widths[at] ?? 0);
  const inNeed = columns.map((_cells, at) => at).filter((at) => lackOf(at) > 0);
  // Columns that lack few places get them first: a column of long sentences gets the rest.
  for (const at of inNeed.toSorted((one, other) => lackOf(one) - lackOf(other))) {
    const given = Math.min(lackOf(at), left);
    widths[at] = (widths[at] ?? 0) + given;
    left -= given;
  }
  return widths;
};
