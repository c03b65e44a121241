import { describe, expect, it } from 'vitest';
import { withVaultRecovery } from '../../../src/loop/reconcile/with-vault-recovery.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import { wasDone } from '../../../src/remediation/steps/done-steps.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { aSingleServer, aVault, inDays, NOW } from '../../builders/observation.ts';

const known: Known = { baseline: aBaseline([aSingleServer()]) };
const VAULT = aVault().id;
const HOUR = 1 / 24;

describe('The recovery of a vault for one of its keys', () => {
  const storage = useAzurite();
  const recovered = async (days: number, what: Known = known) => {
    const store = storage.newStore();
    await store.vaultRecoveries.note(VAULT, inDays(days));
    return wasDone(await withVaultRecovery({ store }, what, NOW), 'recoverVault', VAULT);
  };

  it('counts for the others that are found ill shortly after it, or were so before', async () => {
    expect(await recovered(-HOUR / 4)).toBe(true);
    expect(await recovered(-HOUR, { ...known, incidentOpenedAt: inDays(-2 * HOUR) })).toBe(true);
  });

  it('is known for good: it may have given the vault another birth, which nobody has looked at since', async () => {
    const store = storage.newStore();
    await store.vaultRecoveries.note(VAULT, inDays(-40));
    expect(await withVaultRecovery({ store }, known, NOW)).toMatchObject({ vaultRecoveredAt: inDays(-40) });
  });

  it('says nothing of what is lost long after it: that was taken', async () => {
    expect(await recovered(-HOUR)).toBe(false);
    expect(await recovered(-2 * HOUR, { ...known, incidentOpenedAt: inDays(-HOUR) })).toBe(false);
  });

  it('is not asked for where no healthy state is known', async () => {
    expect(await recovered(0, {})).toBe(false);
  });
});
