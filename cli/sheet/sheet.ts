/** Rows of cells under headings. */
export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A block on a screen. A command is never wrapped, since people paste it. */
export type Block =
  | { readonly kind: 'heading' | 'text' | 'command'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, meaning: string])[] }
  | { readonly kind: 'table'; readonly table: Table };

/** The result of a command, in all forms of output. */
export type Sheet = {
  /** Whether the command ends with exit code 0; otherwise it ends with 1. */
  readonly isWell: boolean;
  /** For programs: the answer of the API. */
  readonly answer: unknown;
  /** For people. */
  readonly blocks: readonly Block[];
  /** For spreadsheets. */
  readonly records: Table;
};

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const text = (sentence: string): Block => ({ kind: 'text', text: sentence });
export const command = (line: string): Block => ({ kind: 'command', text: line });
export const facts = (all: readonly (readonly [string, string | undefined])[]): Block => ({
  kind: 'facts',
  facts: all.flatMap(([name, meaning]) => (meaning === undefined || meaning === '' ? [] : [[name, meaning] as const])),
});
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  table: { columns, rows },
});

/** A table of items, by the names of its columns. */
export const tableOf = <Thing>(
  columns: Readonly<Record<string, (thing: Thing) => string | number | boolean | undefined>>,
  things: readonly Thing[],
): Table => ({
  columns: Object.keys(columns),
  rows: things.map((thing) => Object.values(columns).map((read) => String(read(thing) ?? ''))),
});
