/** A text of the page in each of its languages. `one`: the English for a number `n` that is 1. Names in braces are filled in. */
export type Word = { readonly en: string; readonly one?: string; readonly ko: string };

/** Keeps the keys of a part of the table, and holds each row to its form. */
export const words = <const Table extends Readonly<Record<string, Word>>>(table: Table): Table => table;
