import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** An alert that the product did not understand and keeps. */
export type HeldAlert = {
  /** When it last came (ISO 8601). */
  readonly at: string;
  readonly why: string;
  readonly schema: string;
  readonly state: string;
  /** Name or id of the alert rule, in one line. */
  readonly rule?: string;
  /** The alert is the portal's test, which is not a fault. */
  readonly isTest?: true;
  /** The text of the alert. `cut`: only the beginning is kept, so the alert cannot be replayed. */
  readonly text: string;
  readonly cut?: true;
};

export type Held = HeldAlert & { readonly id: string };

/** A line of the list. `begins`: the beginning of the text. `characters`: the length of the text. */
export type HeldAlertLine = Omit<Held, 'text'> & { readonly characters: number; readonly begins: string };

/** The most alerts that are kept: a sender whose alerts are not understood must not fill the storage. */
export const MOST_HELD = 100;

export type Quarantine = {
  /** The most alerts that it keeps. */
  readonly most: number;
  /**
   * The same text has one row, however often it comes. Above the limit the oldest alert is deleted, of the most
   * frequent reason and, among these, of the rule that has sent the most: a noisy sender displaces only its own alerts.
   * Returns how many were deleted. Two calls, more where it is full.
   */
  hold(id: string, alert: HeldAlert): Promise<number>;
  /** Newest first, without the texts. One call, and one for each alert that an earlier version has stored. */
  list(): Promise<readonly HeldAlertLine[]>;
  /** One call to storage. */
  get(id: string): Promise<Held | undefined>;
  /** One call to storage. */
  release(id: string): Promise<void>;
};

const PARTITION = 'alerts';
const ALL = `PartitionKey eq '${PARTITION}'`;

/** A longer text is stored as base64: then its length follows from its bytes, and no character is cut in two. */
const LONGEST_READABLE = 16_000;

const asStored = (text: string): { readonly text: string } | { readonly base64: string } =>
  text.length > LONGEST_READABLE ? { base64: Buffer.from(text).toString('base64') } : { text };

/** The most characters of a reason or of a rule's name that are compared. */
const LONGEST_COMPARED = 200;

/** The most characters of each text in the list. */
const SHOWN = 500;

const listed = (id: string, { text, ...alert }: HeldAlert): HeldAlertLine => ({
  ...alert,
  id,
  characters: text.length,
  begins: text.slice(0, SHOWN),
});

const toRow = (id: string, { text, ...alert }: HeldAlert): Row => ({
  partitionKey: PARTITION,
  rowKey: id,
  at: alert.at,
  reason: alert.why.slice(0, LONGEST_COMPARED),
  sentBy: (alert.rule ?? '').slice(0, LONGEST_COMPARED),
  // A hundred texts of the greatest length are tens of megabytes: the list reads only this column.
  listed: JSON.stringify(listed(id, { ...alert, text })),
  ...toJsonColumns({ ...alert, ...asStored(text) }),
});

const fromRow = (row: StoredRow): Held => {
  const { base64, ...alert } = fromJsonColumns(row) as HeldAlert & { readonly base64?: string };
  const text = base64 === undefined ? alert.text : Buffer.from(base64, 'base64').toString('utf8');
  return { ...alert, id: row.rowKey, text };
};

type Listed = { readonly id: string; readonly at: string; readonly reason: string; readonly rule: string };

/** The largest group; of groups of the same size, the one with the oldest alert. */
const largest = (rows: readonly Listed[], groupOf: (row: Listed) => string): readonly Listed[] =>
  [...Map.groupBy(rows, groupOf).values()].reduce((one, other) => (other.length > one.length ? other : one), []);

/** The alerts to delete, in order. `rows` are sorted with the oldest first. */
const overBound = (rows: readonly Listed[]): readonly Listed[] => {
  const going: Listed[] = [];
  for (let kept = rows; kept.length > MOST_HELD; ) {
    const [goes] = largest(
      largest(kept, ({ reason }) => reason),
      ({ rule }) => rule,
    );
    if (goes === undefined) break;
    going.push(goes);
    kept = kept.filter(({ id }) => id !== goes.id);
  }
  return going;
};

export const openQuarantine = (table: Table): Quarantine => {
  const tooMany = async (): Promise<readonly Listed[]> => {
    const rows: Listed[] = [];
    for await (const { rowKey, at, reason = '', sentBy = '' } of table.query(ALL, ['at', 'reason', 'sentBy']))
      rows.push({ id: rowKey, at: String(at), reason: String(reason), rule: String(sentBy) });
    return overBound(rows.toSorted((one, other) => one.at.localeCompare(other.at)));
  };
  const get = async (id: string): Promise<Held | undefined> => {
    const row = await table.get(PARTITION, id);
    return row && fromRow(row);
  };
  const release = async (id: string): Promise<void> => {
    await table.remove(PARTITION, id, '*');
  };
  return {
    most: MOST_HELD,
    hold: async (id, alert) => {
      await table.write({ kind: 'put', row: toRow(id, alert) });
      const going = await tooMany();
      for (const { id: old } of going) await release(old);
      return going.length;
    },
    list: async () => {
      const all: HeldAlertLine[] = [];
      for await (const { rowKey, listed: text } of table.query(ALL, ['listed'])) {
        const whole = text === undefined ? await get(rowKey) : undefined;
        if (text !== undefined) all.push(JSON.parse(String(text)) as HeldAlertLine);
        else if (whole !== undefined) all.push(listed(rowKey, whole));
      }
      return all.toSorted((one, other) => other.at.localeCompare(one.at));
    },
    get,
    release,
  };
};
