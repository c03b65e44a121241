import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** An alert that is kept because it was not understood. */
export type HeldAlert = {
  /** When it came last (ISO 8601). */
  readonly at: string;
  readonly why: string;
  readonly schema: string;
  readonly state: string;
  /** Name or id of its alert rule, in one line. */
  readonly rule?: string;
  /** The portal's test: nothing is wrong with it. */
  readonly isTest?: true;
  /** What was sent; `cut`: only its beginning, so that it cannot be read again. */
  readonly text: string;
  readonly cut?: true;
};

export type Held = HeldAlert & { readonly id: string };

/** What the list shows of one: `begins`, the beginning of its text, which has so many `characters`. */
export type HeldAlertLine = Omit<Held, 'text'> & { readonly characters: number; readonly begins: string };

/** So many are kept: a sender who is not understood must not fill the storage. */
export const MOST_HELD = 100;

export type Quarantine = {
  /** How many it keeps. */
  readonly most: number;
  /**
   * The same text has one row, however often it comes. What is over the bound goes: of the reason that most of them have, and of the
   * rule that has sent most of those, the oldest, so that a noisy sender flushes nobody but itself. Returns how many went. Two calls,
   * more where it is full.
   */
  hold(id: string, alert: HeldAlert): Promise<number>;
  /** Newest first, without their texts. One call, and one for each that an earlier version has held. */
  list(): Promise<readonly HeldAlertLine[]>;
  /** One call. */
  get(id: string): Promise<Held | undefined>;
  /** One call. */
  release(id: string): Promise<void>;
};

const PARTITION = 'alerts';
const ALL = `PartitionKey eq '${PARTITION}'`;

/** What is longer is kept as base64: its bytes alone say how long that is, whatever signs it has, and none is cut in two. */
const LONGEST_READABLE = 16_000;

const asStored = (text: string): { readonly text: string } | { readonly base64: string } =>
  text.length > LONGEST_READABLE ? { base64: Buffer.from(text).toString('base64') } : { text };

/** So much of a reason and of the name of a rule tells them apart. */
const LONGEST_COMPARED = 200;

/** So much of each text is shown in the list. */
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
  // A hundred texts as long as they may be are tens of megabytes: the list reads this alone.
  listed: JSON.stringify(listed(id, { ...alert, text })),
  ...toJsonColumns({ ...alert, ...asStored(text) }),
});

const fromRow = (row: StoredRow): Held => {
  const { base64, ...alert } = fromJsonColumns(row) as HeldAlert & { readonly base64?: string };
  const text = base64 === undefined ? alert.text : Buffer.from(base64, 'base64').toString('utf8');
  return { ...alert, id: row.rowKey, text };
};

type Listed = { readonly id: string; readonly at: string; readonly reason: string; readonly rule: string };

/** Of groups of the same size that of which the oldest is older. */
const largest = (rows: readonly Listed[], groupOf: (row: Listed) => string): readonly Listed[] =>
  [...Map.groupBy(rows, groupOf).values()].reduce((one, other) => (other.length > one.length ? other : one), []);

/** Those that go, the first first: `rows` are the oldest first. */
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
