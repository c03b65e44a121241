import { rowKeyOf } from './row-key.ts';
import type { Table } from './table.ts';

/** When the product recovered vaults. The step belongs to one key; the vault holds others, which lost what went with it. */
export type VaultRecoveries = {
  /** Notes a recovery that was done at this time (ISO 8601). One call. */
  note(vaultId: string, at: string): Promise<void>;
  /** When the vault was last recovered (ISO 8601); `undefined` where it never was. One call. */
  last(vaultId: string): Promise<string | undefined>;
};

const ROW = 'recovery';

export const openVaultRecoveries = (table: Table): VaultRecoveries => ({
  note: async (vaultId, at) => {
    const id = vaultId.toLowerCase();
    await table.write({ kind: 'put', row: { partitionKey: rowKeyOf(id), rowKey: ROW, vaultId: id, at } });
  },
  last: async (vaultId) => {
    const { at }: Readonly<Record<string, unknown>> = (await table.get(rowKeyOf(vaultId.toLowerCase()), ROW)) ?? {};
    return typeof at === 'string' ? at : undefined;
  },
});
