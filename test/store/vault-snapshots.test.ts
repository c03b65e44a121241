import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { useAzurite } from '../builders/azurite.ts';

const VAULT = '/subscriptions/S/resourceGroups/data/providers/Microsoft.KeyVault/vaults/contoso';
const MINUTE = 60_000;

const at = (ms: number): string => new Date(ms).toISOString();

describe('the snapshot of a vault', () => {
  const storage = useAzurite();

  /** Two processes with one table and one clock. */
  const twoProcesses = () => {
    let time = Date.parse('2026-01-01T00:00:00Z');
    const one = storage.newStore(() => time);
    const connection = { kind: 'connectionString', connectionString: storage.connectionString() } as const;
    const other = openStore({ storage: connection, tablePrefix: storage.prefixOf(one) }, () => time);
    const take = async (store = one) => {
      const snapshot = { sha256: 'a', takenAt: at(time), enteredAt: at(time) };
      await store.vaultSnapshots.taken(VAULT, snapshot);
      return snapshot;
    };
    return {
      claim: () => one.vaultSnapshots.claim(VAULT),
      claimElsewhere: (id = VAULT) => other.vaultSnapshots.claim(id),
      take,
      pass: (ms: number) => {
        time += ms;
      },
    };
  };

  it('is taken by one, though two ask', async () => {
    const { claim, claimElsewhere } = twoProcesses();
    const claims = await Promise.all([claim(), claimElsewhere(), claim()]);
    expect(claims.filter((one) => one !== undefined)).toEqual([{}]);
  });

  it('is due again an hour after it was taken, and says what it was', async () => {
    const { claim, claimElsewhere, pass, take } = twoProcesses();
    await claim();
    const last = await take();
    pass(59 * MINUTE);
    expect([await claim(), await claimElsewhere(VAULT.toUpperCase())]).toEqual([undefined, undefined]);
    pass(2 * MINUTE);
    expect(await claimElsewhere()).toEqual({ last });
    expect(await claim()).toBeUndefined();
  });

  it('is taken by another when the one who was to take it has died, and keeps what it was', async () => {
    const { claim, claimElsewhere, pass, take } = twoProcesses();
    await claim();
    const last = await take();
    pass(61 * MINUTE);
    await claim();
    pass(9 * MINUTE);
    expect(await claimElsewhere()).toBeUndefined();
    pass(2 * MINUTE);
    expect(await claimElsewhere()).toEqual({ last });
  });
});
