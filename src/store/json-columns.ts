import type { Row } from './table.ts';

/** A string column holds 32 Ki UTF-16 characters, an entity 1 MiB (Table service data model). */
const COLUMN_CHARACTERS = 32_000;
const COLUMNS = 15;

type JsonColumns = { readonly [column: `json${number}`]: string };

/** JSON in as many columns as it needs. Throws on more than 480,000 characters: such a thing belongs into a blob. */
export const toJsonColumns = (value: unknown): JsonColumns => {
  const text = JSON.stringify(value);
  const count = Math.ceil(text.length / COLUMN_CHARACTERS);
  if (count > COLUMNS) {
    throw new Error(`${text.length} characters of JSON do not fit into one row; store them as evidence instead.`);
  }
  const part = (index: number) => text.slice(index * COLUMN_CHARACTERS, (index + 1) * COLUMN_CHARACTERS);
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`json${index}`, part(index)]));
};

/** The value of `toJsonColumns`. Throws when the columns hold no JSON. */
export const fromJsonColumns = (row: Row): unknown => {
  let text = '';
  for (let index = 0; typeof row[`json${index}`] === 'string'; index++) text += row[`json${index}`];
  return JSON.parse(text);
};
