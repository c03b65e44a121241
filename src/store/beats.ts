import type { StoredRow, Table } from './table.ts';

/** When something last happened (ISO 8601). `first`: of what was made up for, when that began, and `since`: because of what. */
export type Beat = { readonly at: string; readonly first?: string; readonly since?: string };

/**
 * When what must come again and again last came: the parts of a sweep, the probe, the posture report, timers, events. Beside the
 * rows that policy reads, and nothing rests on them but whether somebody looks.
 */
export type Beats = {
  /** One call. */
  read(): Promise<Readonly<Record<string, Beat>>>;
  /** One call. */
  beat(name: string, at: string): Promise<void>;
  /**
   * Takes it upon oneself to make up for something that has not come `since`, where `mayAgain` allows it after the last who did.
   * One of all who do so at the same time gets `true`. Two calls.
   */
  claim(
    name: string,
    claim: { readonly at: string; readonly since: string },
    mayAgain: (last: Beat) => boolean,
  ): Promise<boolean>;
};

const PARTITION = 'beats';

const textIn = (row: StoredRow, column: string): string | undefined => {
  const value = row[column];
  return typeof value === 'string' ? value : undefined;
};

const beatOf = (row: StoredRow): Beat | undefined => {
  const at = textIn(row, 'at');
  if (at === undefined || Number.isNaN(Date.parse(at))) return undefined;
  const [first, since] = [textIn(row, 'first'), textIn(row, 'since')];
  return { at, ...(first !== undefined && { first }), ...(since !== undefined && { since }) };
};

export const openBeats = (records: Table): Beats => ({
  read: async () => {
    const rows = await records.all(`PartitionKey eq '${PARTITION}'`);
    return Object.fromEntries(rows.flatMap((row) => (beatOf(row) ? [[row.rowKey, beatOf(row) as Beat]] : [])));
  },
  beat: async (name, at) => {
    await records.write({ kind: 'put', row: { partitionKey: PARTITION, rowKey: name, at } });
  },
  claim: async (name, { at, since }, mayAgain) => {
    const stored = await records.get(PARTITION, name);
    const last = stored && beatOf(stored);
    if (last && !mayAgain(last)) return false;
    const first = last?.since === since ? (last.first ?? at) : at;
    const row = { partitionKey: PARTITION, rowKey: name, at, since, first };
    const written = await records.write(stored ? { kind: 'replace', row, etag: stored.etag } : { kind: 'create', row });
    return written !== undefined;
  },
});
