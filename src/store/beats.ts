import type { StoredRow, Table } from './table.ts';

/**
 * When something last happened (ISO 8601). Of a run that others make up for, `since` is the time since which it is
 * missing, and `first` is when making up for it began.
 */
export type Beat = { readonly at: string; readonly first?: string; readonly since?: string };

/**
 * When each recurring run last came: the parts of a sweep, the probe, the posture report, timers, events. These rows
 * are apart from the rows that the policy reads, and only tell whether the product still looks.
 */
export type Beats = {
  /** One call to storage. */
  read(): Promise<Readonly<Record<string, Beat>>>;
  /** One call to storage. */
  beat(name: string, at: string): Promise<void>;
  /**
   * Claims to make up for a run that has not come since `since`, if `mayAgain` allows it after the last claim. Of
   * several callers at the same time one gets `true`. Two calls.
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
