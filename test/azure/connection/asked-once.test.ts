import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { describe, expect, it } from 'vitest';
import { askedOnce } from '../../../src/azure/connection/asked-once.ts';

const TOKEN: AccessToken = { token: 'a token', expiresOnTimestamp: 0 };
const VAULT = 'https://vault.azure.net/.default';

/** An endpoint that answers on command, and counts its callers. */
const anEndpoint = () => {
  const asked: { readonly scopes: string | string[]; readonly settle: PromiseWithResolvers<AccessToken> }[] = [];
  const credential: TokenCredential = {
    getToken: (scopes) => {
      const settle = Promise.withResolvers<AccessToken>();
      asked.push({ scopes, settle });
      return settle.promise;
    },
  };
  return { asked, credential: askedOnce(credential) };
};

describe('A token', () => {
  it('is asked for once, however many clients of vaults want it at the same time', async () => {
    const { asked, credential } = anEndpoint();
    const wanted = Array.from({ length: 1_500 }, () => credential.getToken(VAULT));
    expect(asked).toHaveLength(1);
    asked[0]?.settle.resolve(TOKEN);
    expect(new Set(await Promise.all(wanted))).toEqual(new Set([TOKEN]));
  });

  it('is asked for anew when the last question was answered, or refused', async () => {
    const { asked, credential } = anEndpoint();
    const refused = credential.getToken(VAULT);
    asked[0]?.settle.reject(new Error('429'));
    await expect(refused).rejects.toThrow('429');
    const given = credential.getToken(VAULT);
    expect(asked).toHaveLength(2);
    asked[1]?.settle.resolve(TOKEN);
    expect(await given).toBe(TOKEN);
    void credential.getToken(VAULT);
    expect(asked).toHaveLength(3);
  });

  it('of one audience or with other claims is none of another', () => {
    const { asked, credential } = anEndpoint();
    void credential.getToken(VAULT);
    void credential.getToken('https://management.azure.com/.default');
    void credential.getToken(VAULT, { claims: 'more' });
    expect(asked).toHaveLength(3);
  });

  it('goes to those who still wait when the first who asked has given up', async () => {
    const { asked, credential } = anEndpoint();
    const gone = new AbortController();
    void credential.getToken(VAULT, { abortSignal: gone.signal });
    const other = credential.getToken(VAULT);
    gone.abort();
    asked[0]?.settle.resolve(TOKEN);
    expect(await other).toBe(TOKEN);
  });
});
