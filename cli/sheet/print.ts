import { csvOf } from '../../src/posture/csv.ts';
import { asText } from './as-text.ts';
import { printable, printableJson } from './printable.ts';
import type { Sheet, Table } from './sheet.ts';

export const FORMS = ['table', 'json', 'csv'] as const;
export type Form = (typeof FORMS)[number];

const asCsv = ({ columns, rows }: Table): string =>
  csvOf(
    Object.fromEntries(columns.map((name, at) => [name, (row: readonly string[]) => printable(row[at] ?? '')])),
    rows,
  ).trimEnd();

/** A sheet in the chosen form; without an end of line. */
export const print = (sheet: Sheet, form: Form, width: number): string => {
  if (form === 'json') return printableJson(JSON.stringify(sheet.answer, undefined, 2));
  return form === 'csv' ? asCsv(sheet.records) : asText(sheet, width);
};
