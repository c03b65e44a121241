/**
 * What a spreadsheet takes for a formula: a tag of a resource is somebody else's text. A spreadsheet of a country with a decimal comma
 * begins a cell after each semicolon, and sees no quotation marks then, but those with which that cell begins: it takes them away, and two
 * of them hold nothing. One in Japanese or Korean reads the wide signs as well. The sign is looked for first: time is linear.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /[=+\-@＝＋－＠\t\r](?<=(?:^|[;\t\r\n])"*.)/gs;

/** One cell (RFC 4180). What would be a formula begins with an apostrophe, at whatever sign somebody's spreadsheet begins a cell. */
export const cell = (text: string): string => {
  const tame = text.replaceAll(FORMULA, "'$&");
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
};

/** What stands in each column of a row, by its heading. */
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

/** Rows by the names of members, without a heading; what is several in one cell is parted by LF. */
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
