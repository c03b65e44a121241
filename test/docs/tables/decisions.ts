import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownTable } from './markdown.ts';

const FOLDER = path.join(import.meta.dirname, '../../../docs/adr');

export type Decision = {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  /** ISO 8601: `2026-11-22`. */
  readonly date: string;
  readonly status: string;
  readonly changedBy: string;
};

const FORM =
  /^# (?<number>\d+)\. (?<title>.+)\n\n(?<date>\d{4}-\d{2}-\d{2})\. (?<status>(?:Accepted|Rejected|Replaced)[^\n]*)\n\n[\s\S]+\n\n## What would change it\n\n(?<changedBy>[\s\S]+)\n$/;

/** @throws Error for a text that has not the form of a decision */
export const decisionIn = (file: string, text: string): Decision => {
  const { number, title = '', date = '', status = '', changedBy = '' } = FORM.exec(text)?.groups ?? {};
  const ends = text.split('\n## What would change it\n').length - 1;
  if (number === undefined || ends !== 1) throw new Error(`${file} has not the form that docs/adr/README.md asks for.`);
  return { file, number: Number(number), title, date, status, changedBy };
};

/** Every decision, by its number. */
export const decisions = (): readonly Decision[] =>
  readdirSync(FOLDER)
    .filter((file) => file !== 'README.md')
    .toSorted()
    .map((file) => decisionIn(file, readFileSync(path.join(FOLDER, file), 'utf8')));

export const decisionsTable = (): string =>
  markdownTable(
    ['', 'decision', 'date', 'status'],
    decisions().map(({ file, number, title, date, status }) => [`${number}`, `[${title}](${file})`, date, status]),
  );
