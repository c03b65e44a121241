import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type KeyPair, keep, readKept, rsaKeyPair } from '../../../../local/cloud/kept-keys.ts';
import { temporaryFolder } from '../../../builders/temporary-folder.ts';

const SHARED = process.env['LOCAL_CLOUD_KEYS'];
afterEach(() => {
  process.env['LOCAL_CLOUD_KEYS'] = SHARED;
});

const modulus = ({ publicKey }: KeyPair): string | undefined => publicKey.export({ format: 'jwk' }).n;

describe('the keys of the local cloud', () => {
  it('are made once for all processes of a test run', () => {
    const folder = temporaryFolder('keys-');
    process.env['LOCAL_CLOUD_KEYS'] = folder;
    const made = rsaKeyPair('key-0', 2048);
    expect(modulus(rsaKeyPair('key-0', 2048))).toBe(modulus(made));
    expect(modulus(rsaKeyPair('key-1', 2048))).not.toBe(modulus(made));
    expect(readdirSync(folder).sort()).toEqual(['key-0-2048.pem', 'key-1-2048.pem']);
  });

  it('are stored nowhere without a folder for them', () => {
    delete process.env['LOCAL_CLOUD_KEYS'];
    expect(keep('key-0', 'text')).toBe('text');
    expect(readKept('key-0')).toBeUndefined();
    expect(modulus(rsaKeyPair('key-0', 2048))).not.toBe(modulus(rsaKeyPair('key-0', 2048)));
  });
});
