import type { TokenCredential } from '@azure/core-auth';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { CLOUDS } from '../../../src/azure/connection/clouds.ts';
import { openReadKey } from '../../../src/azure/key-vault/read-key.ts';
import { aVault, KEY } from '../../builders/observation.ts';

const VERSION = '0123456789abcdef0123456789abcdef';
const KID = `https://${KEY.host}/keys/${KEY.name}/${VERSION}`;

/** Reads the version from a vault at this address, which answers with this body. */
const reading = (body: unknown, uri = `https://${KEY.host}/`) => {
  const asked: string[] = [];
  const credential: TokenCredential = {
    getToken: async () => ({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      asked.push(request.url);
      return { request, status: 200, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
    },
  };
  const readKey = openReadKey({
    cloud: CLOUDS.public,
    credential: async () => credential,
    httpClient: async () => httpClient,
  });
  return { asked, read: () => readKey({ key: KEY, vault: { ...aVault(), uri }, version: VERSION }) };
};

describe('A version of a key', () => {
  it.each([
    'https://orders.example.org/',
    'https://vault.azure.net.example.org/',
    'https://orders-vault.azure.net/',
    `http://${KEY.host}/`,
    `https://${KEY.host}:8443/`,
  ])('is not asked of %s, and no token is sent there, whatever a vault says of its address', async (uri) => {
    const { asked, read } = reading({ key: { kid: KID } }, uri);
    await expect(read()).rejects.toThrow('no token is sent there');
    expect(asked).toEqual([]);
  });

  it('has no time where the vault sends null for it: a key that never ends did not end in 1970', async () => {
    const { read } = reading({ key: { kid: KID }, attributes: { enabled: true, nbf: null, exp: null } });
    const facts = await read();
    expect(facts.enabled).toBe(true);
    expect(facts).not.toHaveProperty('expiresOn');
    expect(facts).not.toHaveProperty('notBefore');
  });

  it.each([
    [{}],
    ['<html></html>'],
    [{ key: { kty: 'RSA' } }],
    [{ key: { kid: '' } }],
    [{ key: { kid: KID }, attributes: { exp: 'never' } }],
  ])('is not understood, and not taken for one that is disabled, where the answer is %j', async (body) => {
    await expect(reading(body).read()).rejects.toThrow();
  });
});
