import * as z from 'zod/mini';
import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { StoredRow, Table } from './table.ts';

/** A message that asks people, repeated as long as nobody answers. Times are ISO 8601. */
export type Reminder = {
  /** Root causes of the question; the first one names the reminder. */
  readonly causes: readonly string[];
  readonly askedAt: string;
  /** How often the message was repeated. */
  readonly repeated: number;
  readonly dueAt: string;
  readonly sentences: readonly string[];
  /** The parts of the message, as it was told. */
  readonly about?: unknown;
};

export type Reminders = {
  /** Replaces a reminder of the same cause. One call. */
  put(reminder: Reminder): Promise<void>;
  /** The reminder whose first cause is this; `undefined` after its last repeat. One call. */
  of(cause: string): Promise<Reminder | undefined>;
  /** The due reminders, at most `count`. One call. A row that cannot be parsed is deleted, with one more call. */
  due(now: string, count: number): Promise<readonly Reminder[]>;
  /** One call to storage. */
  remove(reminder: Reminder): Promise<void>;
};

const PARTITION = 'reminder';

const schema = z.object({
  causes: z.array(z.string()),
  askedAt: z.string(),
  repeated: z.number(),
  dueAt: z.string(),
  sentences: z.array(z.string()),
  about: z.optional(z.unknown()),
});

const nameOf = ({ causes: [first = ''] }: Pick<Reminder, 'causes'>): string => rowKeyOf(first);

/** A row that cannot be parsed gives no reminder: the HTTP routes list the asked plans too. */
const readRow = (row: StoredRow): readonly Reminder[] => {
  try {
    return [z.parse(schema, fromJsonColumns(row))];
  } catch {
    return [];
  }
};

export const openReminders = (table: Table): Reminders => ({
  put: async (reminder) => {
    const row = { partitionKey: PARTITION, rowKey: nameOf(reminder), dueAt: reminder.dueAt };
    await table.write({ kind: 'put', row: { ...row, ...toJsonColumns(reminder) } });
  },
  of: async (cause) => {
    const row = await table.get(PARTITION, nameOf({ causes: [cause] }));
    return row && readRow(row)[0];
  },
  due: async (now, count) => {
    const rows = await table.first(`PartitionKey eq '${PARTITION}' and dueAt le '${now}'`, count);
    const read = rows.map((row) => ({ row, reminders: readRow(row) }));
    for (const { row, reminders } of read) if (reminders.length === 0) await table.remove(PARTITION, row.rowKey, '*');
    return read.flatMap(({ reminders }) => reminders);
  },
  remove: async (reminder) => {
    await table.remove(PARTITION, nameOf(reminder), '*');
  },
});
