/**
 * Text that a spreadsheet reads as a formula; the text may be a resource tag that anybody wrote. A spreadsheet in a
 * country with a decimal comma begins a cell after each semicolon, and removes only the quotation marks at the
 * beginning of a cell: two of them hold nothing. A spreadsheet in Japanese or Korean also reads the full-width signs.
 * The pattern looks for the sign first, so that it runs in linear time.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /[=+\-@＝＋－＠\t\r](?<=(?:^|[;\t\r\n])"*.)/gs;

/** One cell (RFC 4180). A formula gets an apostrophe in front, at every place where some spreadsheet begins a cell. */
export const cell = (text: string): string => {
  const tame = text.replaceAll(FORMULA, "'$&");
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
};

/** The text of each column of a row, by its heading. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | undefined>>;

/** Rows as comma-separated values, without a heading; lines end with CRLF. */
const rowsOf = <Row>(columns: Columns<Row>, rows: readonly Row[]): string => {
  const reads = Object.values(columns);
  return rows.map((row) => `${reads.map((read) => cell(read(row) ?? '')).join(',')}\r\n`).join('');
};

export const headingOf = (names: readonly string[]): string => `${names.join(',')}\r\n`;

/** The same with a heading. */
export const csvOf = <Row>(columns: Columns<Row>, rows: readonly Row[]): string =>
  headingOf(Object.keys(columns)) + rowsOf(columns, rows);

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));

type Members<Column extends string> = { readonly [One in Column]?: unknown };

/** Rows by the names of their members, without a heading. Several values in one cell are separated by LF. */
export const membersAsRows = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Members<Column>[],
): string =>
  rowsOf(Object.fromEntries(columns.map((column) => [column, (row: Members<Column>) => textOf(row[column])])), rows);

/** The same with a heading. */
export const membersAsCsv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Members<Column>[],
): string => headingOf(columns) + membersAsRows(columns, rows);
