import type { Anchors } from './anchors.ts';
import { rowKeyOf } from './row-key.ts';
import type { Table } from './table.ts';

/**
 * When the product recovered vaults. The step belongs to one key, but the vault holds other keys, which lost the same
 * things with it.
 */
export type VaultRecoveries = {
  /** Records a recovery that was done at this time (ISO 8601). Two calls. */
  note(vaultId: string, at: string): Promise<void>;
  /**
   * When the vault was last recovered (ISO 8601); `undefined` where it never was, or where the row is not attested. One
   * call, and one more where there is a row.
   */
  last(vaultId: string): Promise<string | undefined>;
  /** Attests every recovery that was recorded before there were anchors. */
  attestAll(): Promise<void>;
};

const ROW = 'recovery';

/** A recovery lets principals in again, so a row in a table alone must not prove it. */
const statement = (vaultId: string, at: string) => ({ what: 'vaultRecovered', vaultId, at });

export const openVaultRecoveries = (table: Table, anchors: Anchors): VaultRecoveries => ({
  note: async (vaultId, at) => {
    const id = vaultId.toLowerCase();
    await anchors.attest(statement(id, at));
    await table.write({ kind: 'put', row: { partitionKey: rowKeyOf(id), rowKey: ROW, vaultId: id, at } });
  },
  last: async (vaultId) => {
    const id = vaultId.toLowerCase();
    const { at }: Readonly<Record<string, unknown>> = (await table.get(rowKeyOf(id), ROW)) ?? {};
    if (typeof at !== 'string') return undefined;
    const counts = (await anchors.isAttested(statement(id, at))) || !(await anchors.isBegun());
    return counts ? at : undefined;
  },
  attestAll: async () => {
    for await (const { vaultId, at } of table.query(`RowKey eq '${ROW}'`, ['vaultId', 'at']))
      await anchors.attest(statement(String(vaultId), String(at)));
  },
});
