import { describe, expect, it } from '@jest/globals';
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

  it('stands beside the snapshot of the vault', async () => {
    const { vaultRecoveries, vaultSnapshots } = storage.newStore();
    await vaultRecoveries.note(VAULT, '2026-01-01T00:00:00Z');
    expect(await vaultSnapshots.claim(VAULT)).toEqual({});
    expect(await vaultRecoveries.last(VAULT)).toBe('2026-01-01T00:00:00Z');
  });
});
