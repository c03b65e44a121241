import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { rowKeyOf } from '../../src/store/row-key.ts';
import { useAzurite } from '../builders/azurite.ts';

const VAULT = '/subscriptions/S/resourceGroups/data/providers/Microsoft.KeyVault/vaults/contoso';

describe('the recovery of a vault', () => {
  const storage = useAzurite();

  it('is known by the vault, however Azure spells it, and the last one counts', async () => {
    const { vaultRecoveries } = storage.newStore();
    await vaultRecoveries.note(VAULT, '2026-01-01T00:00:00Z');
    await vaultRecoveries.note(VAULT.toLowerCase(), '2026-01-02T00:00:00Z');
    expect(await vaultRecoveries.last(VAULT)).toBe('2026-01-02T00:00:00Z');
    expect(await vaultRecoveries.last(`${VAULT}-2`)).toBeUndefined();
  });

  it('is no recovery where a row alone says so, or says another time than the step did', async () => {
    const store = storage.newStore();
    const { vaultRecoveries } = store;
    await store.ledger.append('product', { seq: 0, hash: '' }, []);
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}vaults`, {
      allowInsecureConnection: true,
    });
    const row = { partitionKey: rowKeyOf(VAULT.toLowerCase()), rowKey: 'recovery', vaultId: VAULT.toLowerCase() };
    await table.createTable();
    await table.createEntity({ ...row, at: '2026-01-01T00:00:00Z' });
    expect(await vaultRecoveries.last(VAULT)).toBeUndefined();
    await vaultRecoveries.note(VAULT, '2026-01-01T00:00:00Z');
    expect(await vaultRecoveries.last(VAULT)).toBe('2026-01-01T00:00:00Z');
    await table.updateEntity({ ...row, at: '2026-02-01T00:00:00Z' }, 'Replace');
    expect(await vaultRecoveries.last(VAULT)).toBeUndefined();
  });

  it('stands beside the snapshot of the vault', async () => {
    const { vaultRecoveries, vaultSnapshots } = storage.newStore();
    await vaultRecoveries.note(VAULT, '2026-01-01T00:00:00Z');
    expect(await vaultSnapshots.claim(VAULT)).toEqual({});
    expect(await vaultRecoveries.last(VAULT)).toBe('2026-01-01T00:00:00Z');
  });
});
