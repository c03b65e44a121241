import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openVaultLists } from '../../../src/azure/key-vault/vault-lists.ts';
import { aVault, NOW } from '../../builders/observation.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('A list of a vault', () => {
  it('is made anew where the clock went back behind it: nobody knows how old it is', async () => {
    let made = 0;
    const lists = openVaultLists([
      async function* () {
        made += 1;
        yield [];
      },
    ]);
    const list = () => lists.list(aVault(), () => 30);
    await list();
    vi.setSystemTime(NOW.getTime() + 9_000);
    await list();
    expect(made).toBe(1);
    vi.setSystemTime(NOW.getTime() - 1);
    await list();
    expect(made).toBe(2);
  });
});
