import { describe, expect, it } from 'vitest';
import { keyRefusal } from '../../../../local/cloud/mysql/key-refusal.ts';

const kid = 'https://v.vault.azure.net/keys/k/1';
const refused = (status: number, code: string, inner?: string) =>
  keyRefusal(kid, 'principal', { ok: false, status, code, message: 'as the vault says', ...(inner ? { inner } : {}) });

describe('what a server says when Key Vault refuses it the key', () => {
  it.each([
    ['a disabled key', 403, 'Forbidden', 'KeyDisabled', 'AzureKeyVaultKeyDisabledMessage'],
    ['an expired key', 403, 'Forbidden', 'KeyExpired', 'AzureKeyVaultInvalidExpirationDate'],
    ['a key before its activation', 403, 'Forbidden', 'KeyNotYetValid', 'AzureKeyVaultInvalidExpirationDate'],
    ['a deleted key', 404, 'KeyNotFound', undefined, 'AzureKeyVaultKeyNotFound'],
    ['a missing access policy', 403, 'Forbidden', 'AccessDenied', 'AzureKeyVaultMissingPermissionsMessage'],
    ['a missing role', 403, 'Forbidden', 'ForbiddenByRbac', 'AzureKeyVaultMissingPermissionsMessage'],
    ['a firewall without bypass', 403, 'Forbidden', 'ForbiddenByFirewall', 'AzureKeyVaultMissingPermissionsMessage'],
    ['a vault of another tenant', 401, 'Unauthorized', undefined, 'AzureKeyVaultMissingPermissionsMessage'],
    ['a deleted vault', 404, 'VaultNotFound', undefined, 'AzureKeyVaultInvalidUri'],
  ])('%s', (_case, status, code, inner, expected) => {
    expect(refused(status, code, inner).code).toBe(expected);
  });

  it('names the principal that lacks the permission', () => {
    expect(refused(403, 'Forbidden', 'AccessDenied').message).toContain("'principal'");
  });
});
