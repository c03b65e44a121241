import { rowKeyOf } from './row-key.ts';
import type { Table } from './table.ts';

/** The targets that got the first message of a thread: each of them also gets its last message. */
export type MessageThreads = {
  /** One call to storage. */
  begin(target: string, thread: string): Promise<void>;
  /** `true` where the thread had begun; the row is deleted then. Two calls at most. */
  end(target: string, thread: string): Promise<boolean>;
};

const partitionOf = (target: string): string => `thread:${target}`;

export const openMessageThreads = (table: Table): MessageThreads => ({
  begin: async (target, thread) => {
    await table.write({ kind: 'put', row: { partitionKey: partitionOf(target), rowKey: rowKeyOf(thread) } });
  },
  end: async (target, thread) => {
    const place = [partitionOf(target), rowKeyOf(thread)] as const;
    if ((await table.get(...place)) === undefined) return false;
    await table.remove(...place, '*');
    return true;
  },
});
