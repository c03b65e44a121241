import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromDataPlane } from '../../../src/azure/key-vault/version-facts.ts';

const KID = 'https://kv.vault.azure.net/keys/cmk/0123456789ABCDEF0123456789abcdef';
const sha256 = (...parts: readonly Buffer[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

describe('a version as the data plane sends it', () => {
  it('has its times from seconds, and its size and material from the modulus', () => {
    const modulus = Buffer.alloc(384, 7);
    expect(
      fromDataPlane({
        key: { kid: KID, kty: 'RSA', key_ops: ['wrapKey', 'unwrapKey'], n: modulus.toString('base64url') },
        attributes: {
          enabled: true,
          created: 1,
          updated: 2,
          nbf: 3,
          exp: 4,
          recoveryLevel: 'Recoverable',
          exportable: true,
        },
        tags: { team: 'orders' },
      }),
    ).toEqual({
      kid: KID,
      version: '0123456789abcdef0123456789abcdef',
      enabled: true,
      createdOn: '1970-01-01T00:00:01.000Z',
      updatedOn: '1970-01-01T00:00:02.000Z',
      notBefore: '1970-01-01T00:00:03.000Z',
      expiresOn: '1970-01-01T00:00:04.000Z',
      keyType: 'RSA',
      keySize: 3_072,
      recoveryLevel: 'Recoverable',
      operations: ['wrapKey', 'unwrapKey'],
      isExportable: true,
      material: sha256(modulus),
      tags: { team: 'orders' },
    });
  });

  it('has the point of a curve as its material, and no size', () => {
    const [x, y] = [Buffer.from('x of the point'), Buffer.from('y of the point')];
    const key = { kid: KID, kty: 'EC', x: x.toString('base64url'), y: y.toString('base64url') };
    const facts = fromDataPlane({ key });
    expect(facts).toMatchObject({ keyType: 'EC', material: sha256(x, y) });
    expect(facts).not.toHaveProperty('keySize');
  });

  it('is not enabled, and has no time, where the vault says nothing of it', () => {
    expect(fromDataPlane({ key: { kid: KID } })).toEqual({
      kid: KID,
      version: '0123456789abcdef0123456789abcdef',
      enabled: false,
      createdOn: '',
      keyType: '',
      tags: {},
    });
  });
});
