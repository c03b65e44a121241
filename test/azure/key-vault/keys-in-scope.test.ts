import { describe, expect, it } from 'vitest';
import { AzureUnavailable } from '../../../src/azure/failure/azure-unavailable.ts';
import { locateAtOnce } from '../../../src/azure/key-vault/keys-in-scope.ts';
import { absent, present } from '../../../src/remediation/model/facts.ts';
import { aVault } from '../../builders/observation.ts';

const HOSTS = ['kv-seen.vault.azure.net', 'kv-silent.vault.azure.net', 'kv-gone.vault.azure.net'];

describe('The places of vaults, for a plan', () => {
  it('are those that Azure tells: one that it does not answer for is left out, and hides no other', async () => {
    const located = await locateAtOnce(
      {
        whereabouts: async () => async (host) => {
          if (host === HOSTS[1]) throw new AzureUnavailable('busy');
          return { vault: host === HOSTS[0] ? present(aVault()) : absent };
        },
      },
      HOSTS,
    );
    expect([...located]).toEqual([[HOSTS[0], aVault().id]]);
  });

  it('are not told where this product itself has failed: nobody would ever see that', async () => {
    const failing = {
      whereabouts: async () => () => Promise.reject(new TypeError('no such function')),
    };
    await expect(locateAtOnce(failing, HOSTS)).rejects.toThrow('no such function');
  });
});
