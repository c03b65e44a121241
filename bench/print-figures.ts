import type { Figure, Measured } from './figure.ts';

/** One line for a program. */
export const asJson = (measured: readonly Measured[]): string =>
  JSON.stringify({ figures: measured.map(({ figure }) => figure) });

const verdictOf = ({ goal, holds }: Figure): string => {
  if (goal === null) return 'no goal';
  return `${goal === 0 ? 'goal 0' : `goal at most ${goal.toFixed(2)}`}: ${holds ? 'holds' : 'DOES NOT HOLD'}`;
};

const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 1 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

/** A table for people; a figure that misses its goal is repeated below it, line by line. */
export const asTable = (measured: readonly Measured[]): string => {
  const rows = columns(
    measured.map(({ figure }) => [figure.name, String(figure.value), figure.unit, verdictOf(figure)]),
  );
  const remarks = measured.map(({ remark }) => remark.split('\n').map((line) => `    ${line}`));
  return rows.flatMap((row, at) => [row, ...(remarks[at] ?? [])]).join('\n');
};
