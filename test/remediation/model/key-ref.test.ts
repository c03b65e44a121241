import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyId, keyInstanceId, keyVersionId, parseKeyId } from '../../../src/remediation/model/key-ref.ts';

const KEY = { host: 'contoso.vault.azure.net', name: 'mysql-cmk' };

describe('A key identifier', () => {
  it.each([
    [
      'with a version',
      'https://contoso.vault.azure.net/keys/mysql-cmk/ee059b2bb5bc48398a53b168c6cdcb10',
      { key: KEY, version: 'ee059b2bb5bc48398a53b168c6cdcb10' },
    ],
    ['without one', 'https://contoso.vault.azure.net/keys/mysql-cmk', { key: KEY }],
    ['with a port and a trailing slash', 'https://contoso.vault.azure.net:443/keys/mysql-cmk/', { key: KEY }],
    ['in another casing, with blanks', ' https://Contoso.Vault.Azure.Net/Keys/MySQL-CMK ', { key: KEY }],
    [
      'of US Government',
      'https://c-1.vault.usgovcloudapi.net/keys/k',
      { key: { host: 'c-1.vault.usgovcloudapi.net', name: 'k' } },
    ],
    ['of China', 'https://c-1.vault.azure.cn/keys/k', { key: { host: 'c-1.vault.azure.cn', name: 'k' } }],
  ])('%s is read', (_what, text, expected) => {
    expect(parseKeyId(text)).toEqual(expected);
  });
  it.each([
    ['another host', 'https://contoso.vault.azure.net.example.com/keys/k'],
    ['a host before the host', 'https://example.com@contoso.vault.azure.net/keys/k'],
    ['a secret', 'https://contoso.vault.azure.net/secrets/k'],
    ['plain HTTP', 'http://contoso.vault.azure.net/keys/k'],
    ['more segments', 'https://contoso.vault.azure.net/keys/k/1/2'],
    ['a query', 'https://contoso.vault.azure.net/keys/k?x=1'],
    ['no name', 'https://contoso.vault.azure.net/keys/'],
    ['another name before it', 'https://a/keys/b\nhttps://contoso.vault.azure.net/keys/k'],
  ])('of %s is none', (_what, text) => {
    expect(parseKeyId(text)).toBeUndefined();
  });
  it('is read from what it is written as', () => {
    const name = fc.stringMatching(/^[0-9a-z-]{1,127}$/);
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9-]{3,24}$/),
        name,
        fc.stringMatching(/^[0-9a-f]{32}$/),
        (vault, key, version) => {
          const ref = { host: `${vault}.vault.azure.net`, name: key };
          expect(parseKeyId(keyId(ref))).toEqual({ key: ref });
          expect(parseKeyId(keyVersionId(ref, version).toUpperCase().replace('HTTPS', 'https'))).toEqual({
            key: ref,
            version,
          });
        },
      ),
    );
  });
  it('is not found in arbitrary text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseKeyId(text)).toBeUndefined();
      }),
    );
  });
});

describe('The instance id of a key', () => {
  it('is the same in every casing, short, and another one for another key', () => {
    const id = keyInstanceId(KEY);
    expect(id).toMatch(/^key-[0-9a-f]{40}$/);
    expect(keyInstanceId({ host: 'CONTOSO.vault.azure.net', name: 'MySQL-CMK' })).toBe(id);
    expect(keyInstanceId({ ...KEY, name: 'mysql-cmk2' })).not.toBe(id);
  });
});
