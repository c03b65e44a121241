import type { Json } from '../remediation/model/canonical.ts';
import { fromJsonColumns } from './json-columns.ts';
import { documentRow, partitionOf, rowNames } from './key-partition.ts';
import type { Table } from './table.ts';

/** The last healthy snapshot of a key's access paths. It counts only if its hash is in the ledger: the caller checks. */
export type Baselines = {
  /** One call to storage. An assess already has the baseline in the key's state. */
  read(keyId: string): Promise<Json | undefined>;
  /** One call to storage. */
  write(keyId: string, snapshot: Json): Promise<void>;
};

export const openBaselines = (keys: Table): Baselines => ({
  read: async (keyId) => {
    const row = await keys.get(partitionOf(keyId), rowNames.baseline);
    return row && (fromJsonColumns(row) as Json);
  },
  write: async (keyId, snapshot) => {
    await keys.write({ kind: 'put', row: documentRow(keyId, rowNames.baseline, snapshot) });
  },
});
