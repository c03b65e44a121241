import { rowKeyOf } from './row-key.ts';
import type { Table } from './table.ts';

/** To which targets of messages the beginning of something went, so that its end goes there too. */
export type MessageThreads = {
  /** One call. */
  begin(target: string, thread: string): Promise<void>;
  /** `true` where it had begun; it is forgotten then. Two calls at most. */
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
