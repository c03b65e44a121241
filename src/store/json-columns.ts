import { gunzipSync, gzipSync } from 'node:zlib';
import type { Row } from './table.ts';

/** A string column holds 32 Ki UTF-16 characters, an entity 1 MiB (Table service data model). */
const COLUMN_CHARACTERS = 32_000;
const COLUMNS = 15;
const ROW_CHARACTERS = COLUMNS * COLUMN_CHARACTERS;

/** Compressed JSON begins with this prefix, which no JSON text has. */
const PACKED = 'gzip:';

/** The limit for unpacking: a person with write access to the table cannot make the product use more memory. */
const UNPACKED_BYTES = 64 * 1_024 * 1_024;

type JsonColumns = { readonly [column: `json${number}`]: string };

/**
 * A verdict names the same consumers again and again, so it compresses well. The verdict about a hundred servers that
 * are down does not fit into a row without compression.
 */
const packed = (json: string): string => `${PACKED}${gzipSync(json).toString('base64')}`;

/**
 * JSON in as many columns as it needs, compressed where it would take too many. A key may have hundreds of consumers,
 * and its repair must not fail because a record is too long. Throws where it is still longer than 480,000 characters:
 * such data belongs into a blob.
 */
export const toJsonColumns = (value: unknown): JsonColumns => {
  const json = JSON.stringify(value);
  const text = json.length > ROW_CHARACTERS ? packed(json) : json;
  const count = Math.ceil(text.length / COLUMN_CHARACTERS);
  if (count > COLUMNS) {
    throw new Error(`${json.length} characters of JSON do not fit into one row; store them as evidence instead.`);
  }
  const part = (index: number) => text.slice(index * COLUMN_CHARACTERS, (index + 1) * COLUMN_CHARACTERS);
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`json${index}`, part(index)]));
};

const unpacked = (text: string): string =>
  gunzipSync(Buffer.from(text.slice(PACKED.length), 'base64'), { maxOutputLength: UNPACKED_BYTES }).toString();

/** The value that `toJsonColumns` stored. Throws when the columns hold no JSON. */
export const fromJsonColumns = (row: Row): unknown => {
  let text = '';
  for (let index = 0; typeof row[`json${index}`] === 'string'; index++) text += row[`json${index}`];
  return JSON.parse(text.startsWith(PACKED) ? unpacked(text) : text);
};
