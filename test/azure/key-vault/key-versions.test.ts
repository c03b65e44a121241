import { describe, expect, it } from 'vitest';
import { openKeyVersions } from '../../../src/azure/key-vault/key-versions.ts';
import { aVault, KEY, V1 } from '../../builders/observation.ts';

/** Reads of a vault whose every answer is this error. */
const refusing = (error: Record<string, unknown>) =>
  openKeyVersions({
    readKey: () => Promise.reject(Object.assign(new Error('refused'), error)),
    keyClients: () => Promise.reject(new Error('something was written')),
    controlPlaneKeys: () => Promise.reject(new Error('the control plane was asked')),
  });

const look = (error: Record<string, unknown>) => refusing(error).look({ key: KEY, version: V1, vault: aVault() });
const keyVault = (statusCode: number, code: string) => ({ statusCode, code, details: { error: { code } } });

describe('the host of a vault', () => {
  it.each([
    ['its name does not resolve', { code: 'ENOTFOUND' }],
    ['it knows no such vault', keyVault(404, 'VaultNotFound')],
  ])('is silent, which says nothing of the key, where %s', async (_, error) => {
    expect(await look(error)).toEqual({ isVaultSilent: true, fact: { kind: 'unknown', reason: expect.any(String) } });
  });

  it('is not silent where it says that there is no such key, or refuses to tell', async () => {
    expect(await look(keyVault(404, 'KeyNotFound'))).toEqual({ isVaultSilent: false, fact: { kind: 'absent' } });
    expect(await look(keyVault(403, 'Forbidden'))).toMatchObject({ isVaultSilent: false, fact: { kind: 'unknown' } });
  });
});
