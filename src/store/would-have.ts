import { dayOf } from '../remediation/protocol/would-have.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** Where the ledger says what mode auto would have done. `at`: ISO 8601. `entry`: id of the entry in the key's chain. */
export type WouldHaveNote = { readonly keyId: string; readonly at: string; readonly entry: string };

/** A note with its place among the notes of its day. As `after`, the place begins the next page. */
export type PlacedNote = WouldHaveNote & { readonly place: string };

export type WouldHaveNotes = {
  /** Stores a note; it may run twice. One call. */
  note(note: WouldHaveNote): Promise<void>;
  /** Notes of a day (such as 2026-07-01, in UTC), oldest first: the first `count` after this place. One call. */
  ofDay(day: string, count: number, after?: string): Promise<readonly PlacedNote[]>;
};

const placeOf = ({ keyId, at, entry }: WouldHaveNote): string => `${at}.${rowKeyOf(keyId, entry).slice(0, 16)}`;

const rowOf = (note: WouldHaveNote): Row => ({ partitionKey: dayOf(note.at), rowKey: placeOf(note), ...note });

const fromRow = ({ rowKey, keyId, at, entry }: StoredRow): PlacedNote => ({
  keyId: String(keyId),
  at: String(at),
  entry: String(entry),
  place: rowKey,
});

export const openWouldHaveNotes = (table: Table): WouldHaveNotes => ({
  note: async (note) => {
    await table.write({ kind: 'put', row: rowOf(note) });
  },
  ofDay: async (day, count, after) => {
    const behind = after === undefined ? '' : ` and RowKey gt '${after}'`;
    return (await table.first(`PartitionKey eq '${day}'${behind}`, count)).map(fromRow);
  },
});
