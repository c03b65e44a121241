/**
 * What a spreadsheet takes for a formula: a tag of a resource is somebody else's text. A spreadsheet of a country with a decimal comma
 * begins a cell after each semicolon, and sees no quotation marks then; one in Japanese or Korean reads the wide signs as well.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /(?<=^|[;\t\r\n])[=+\-@＝＋－＠\t\r]/g;

/** One cell (RFC 4180). What would be a formula begins with an apostrophe, at whatever sign somebody's spreadsheet begins a cell. */
export const cell = (text: string): string => {
  const tame = text.replaceAll(FORMULA, "'$&");
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
};

/** What stands in each column of a row, by its heading. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | undefined>>;

/** Rows as comma-separated values, with a heading; lines end with CRLF. */
export const csvOf = <Row>(columns: Columns<Row>, rows: readonly Row[]): string => {
  const all = Object.entries(columns);
  const lines = rows.map((row) => all.map(([, read]) => cell(read(row) ?? '')).join(','));
  return [all.map(([name]) => name).join(','), ...lines].map((line) => `${line}\r\n`).join('');
};

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));

/** The same by the names of members; what is several in one cell is parted by LF. */
export const membersAsCsv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [One in Column]?: unknown }[],
): string =>
  csvOf(
    Object.fromEntries(
      columns.map((column) => [column, (row: { readonly [One in Column]?: unknown }) => textOf(row[column])]),
    ),
    rows,
  );
