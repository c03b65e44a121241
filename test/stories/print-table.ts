import process from 'node:process';

/** Prints rows under a header, in columns as wide as their widest cell, to the output of the test run. */
export const printTable = (header: readonly string[], rows: readonly (readonly string[])[]): void => {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const printed = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  process.stdout.write(`\n${printed.map((line) => `  ${line.trimEnd()}`).join('\n')}\n\n`);
};
