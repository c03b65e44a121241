import type { Table } from './table.ts';

/** How many instances of an orchestration that runs only once at a time have been replaced. */
export type Singletons = {
  /** One call to storage. */
  generation(name: string): Promise<number>;
  /**
   * Gives up the instance of this generation; several callers at the same time give it up once. Returns the next
   * generation. Two calls.
   */
  giveUp(name: string, generation: number): Promise<number>;
};

const PARTITION = 'singletons';

const numberIn = (value: unknown): number => (Number.isInteger(value) ? Number(value) : 0);

export const openSingletons = (records: Table): Singletons => ({
  generation: async (name) => numberIn((await records.get(PARTITION, name))?.['generation']),
  giveUp: async (name, generation) => {
    const stored = await records.get(PARTITION, name);
    const present = numberIn(stored?.['generation']);
    if (present !== generation) return present;
    const row = { partitionKey: PARTITION, rowKey: name, generation: generation + 1 };
    const written = await records.write(stored ? { kind: 'replace', row, etag: stored.etag } : { kind: 'create', row });
    return written === undefined ? numberIn((await records.get(PARTITION, name))?.['generation']) : generation + 1;
  },
});
