import * as z from 'zod/mini';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, rowNames } from './key-partition.ts';
import { documents, type Failing } from './key-state.ts';
import type { StoredRow, Table } from './table.ts';

/** Keys that cannot be assessed. Without these rows a key that always fails would look like a healthy key. */
export type Failures = {
  /** Enters one more failure. Two calls. */
  add(keyId: string, failure: Pick<Failing, 'at' | 'why'>): Promise<Failing>;
  /** Removes the failures: the key was assessed. One call. */
  clear(keyId: string): Promise<void>;
  /** One call per 1,000. */
  list(): AsyncIterable<Failing & { readonly keyId: string }>;
};

const failingIn = (stored: StoredRow | undefined): Failing | undefined => {
  if (!stored) return undefined;
  try {
    return z.parse(documents.failing, fromJsonColumns(stored));
  } catch {
    return undefined;
  }
};

export const openFailures = (keys: Table): Failures => ({
  add: async (keyId, { at, why }) => {
    const last = failingIn(await keys.get(partitionOf(keyId), rowNames.failing));
    const failing = { since: last?.since ?? at, at, times: (last?.times ?? 0) + 1, why };
    await keys.write({ kind: 'put', row: documentRow(keyId, rowNames.failing, failing) });
    return failing;
  },
  clear: async (keyId) => {
    await keys.remove(partitionOf(keyId), rowNames.failing, '*');
  },
  list: async function* () {
    for await (const row of keys.query(`RowKey eq '${rowNames.failing}'`)) {
      const failing = failingIn(row);
      if (failing) yield { ...failing, keyId: String(row['keyId']) };
    }
  },
});
