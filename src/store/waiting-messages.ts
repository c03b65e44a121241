import { fromJsonColumns, toJsonColumns } from './json-columns.ts';
import { rowKeyOf } from './row-key.ts';
import type { Row, StoredRow, Table } from './table.ts';

/** A message that was not taken yet. `at`: when its content was found. `dueAt`: when it is sent again (ISO 8601). */
export type WaitingMessage<Message> = {
  readonly message: Message;
  readonly at: string;
  readonly tries: number;
  readonly dueAt: string;
  readonly etag?: string;
};

export type WaitingMessages<Message> = {
  /** Stores a message; the same message twice is one row. One call. */
  keep(waiting: WaitingMessage<Message>): Promise<void>;
  /**
   * The due messages, at most `count`, oldest first. One call. A row that cannot be parsed is deleted, with one more
   * call.
   */
  due(now: string, count: number): Promise<readonly WaitingMessage<Message>[]>;
  /** Sets the next try; `false` where the row is not as it was read. One call. */
  claim(waiting: WaitingMessage<Message>, next: Pick<WaitingMessage<Message>, 'tries' | 'dueAt'>): Promise<boolean>;
  /** One call to storage. */
  remove(waiting: WaitingMessage<Message>): Promise<void>;
  /** How many messages wait, and since when the oldest one waits. One call per 1,000. */
  count(): Promise<{ readonly count: number; readonly oldestAt?: string }>;
};

/**
 * Messages of one kind. `read` throws for data that is not of this kind. `wordsOf` distinguishes messages of the same
 * instant.
 */
export type StoredMessageKind<Message> = {
  readonly partition: string;
  read(value: unknown): Message;
  wordsOf(message: Message): readonly string[];
};

const readRow = <Message>(
  { read }: StoredMessageKind<Message>,
  row: StoredRow,
): WaitingMessage<Message> | undefined => {
  try {
    const message = read(fromJsonColumns(row));
    const { at, tries, dueAt } = row;
    const isWhole = typeof at === 'string' && typeof tries === 'number' && typeof dueAt === 'string';
    return isWhole ? { message, at, tries, dueAt, etag: row.etag } : undefined;
  } catch {
    return undefined;
  }
};

/** The name sorts by the time of the message's content. */
const nameOf = <Message>({ wordsOf }: StoredMessageKind<Message>, { message, at }: WaitingMessage<Message>): string =>
  `${at}:${rowKeyOf(...wordsOf(message))}`;

const rowOf = <Message>(kind: StoredMessageKind<Message>, waiting: WaitingMessage<Message>): Row => ({
  partitionKey: kind.partition,
  rowKey: nameOf(kind, waiting),
  at: waiting.at,
  tries: waiting.tries,
  dueAt: waiting.dueAt,
  ...toJsonColumns(waiting.message),
});

export const openWaitingMessages = <Message>(
  table: Table,
  kind: StoredMessageKind<Message>,
): WaitingMessages<Message> => {
  const { partition } = kind;
  return {
    keep: async (waiting) => {
      await table.write({ kind: 'put', row: rowOf(kind, waiting) });
    },
    due: async (now, count) => {
      const rows = await table.first(`PartitionKey eq '${partition}' and dueAt le '${now}'`, count);
      const read = rows.map((row) => ({ row, waiting: readRow(kind, row) }));
      for (const { row, waiting } of read) if (!waiting) await table.remove(partition, row.rowKey, '*');
      return read.flatMap(({ waiting }) => waiting ?? []);
    },
    claim: async (waiting, next) => {
      const row = rowOf(kind, { ...waiting, ...next });
      return (await table.write({ kind: 'replace', row, etag: waiting.etag ?? '*' })) !== undefined;
    },
    remove: async (waiting) => {
      await table.remove(partition, nameOf(kind, waiting), '*');
    },
    count: async () => {
      let count = 0;
      let oldestAt: string | undefined;
      for await (const { at } of table.query(`PartitionKey eq '${partition}'`, ['at'])) {
        count += 1;
        oldestAt ??= String(at);
      }
      return { count, ...(oldestAt !== undefined && { oldestAt }) };
    },
  };
};
