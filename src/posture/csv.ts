import type { Line } from './lines.ts';

const COLUMNS = ['row', 'check', 'subject', 'kind', 'use', 'verdict', 'evidence', 'plan', 'runbook'] as const;

/** What a spreadsheet takes for a formula: a tag of a resource is somebody else's text. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell (RFC 4180). What would be a formula begins with an apostrophe. */
export const cell = (text: string): string => {
  const tame = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
};

const textOf = (value: Line[keyof Line]): string => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));

/** Lines of the report as comma-separated values, with a heading; lines end with CRLF, commands of a plan with LF. */
export const asCsv = (lines: readonly Line[]): string =>
  [COLUMNS.join(','), ...lines.map((line) => COLUMNS.map((column) => cell(textOf(line[column]))).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
