import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/azure/failure/advice.ts';
import type { Failure } from '../../../src/azure/failure/failure.ts';

const VAULT =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv';

const failure = (status: number | undefined, code: string, message = 'No.'): Failure => ({
  ...(status !== undefined && { status }),
  code,
  message,
  correlationIds: [],
});

const told = (failed: Failure): string => explain(failed, { what: 'the key cmk', vaultName: 'kv', scope: VAULT });

const NOT_ALLOWED =
  "The client 'x' with object id '11111111-2222-3333-4444-555555555555' does not have authorization to perform action 'Microsoft.KeyVault/vaults/write' over scope '/s'.";

describe('What Azure has refused is told', () => {
  it.each([
    [
      403,
      'ForbiddenByFirewall',
      'the firewall of the vault does not let the function app in. Fix: az keyvault network-rule add',
    ],
    [
      403,
      'ForbiddenByConnection',
      'the vault takes no connection from the network of the function app. Fix: az keyvault',
    ],
    [
      403,
      'AccessDenied',
      'no access policy of the vault gives the product the permission for this. Fix: az keyvault set-policy',
    ],
    [403, 'ForbiddenByRbac', 'the product has no role for the keys of the vault. Fix: az role assignment create'],
    [403, 'KeyDisabled', 'the key version is disabled. Fix: '],
    [404, 'SubscriptionNotFound', 'Azure does not find the subscription. Fix: '],
  ])('by what is missing, then by how to give it: %i %s', (status, code, words) => {
    expect(told(failure(status, code))).toContain(`the key cmk: ${words}`);
  });

  it('with the action of which no role is there', () => {
    expect(told(failure(403, 'AuthorizationFailed', NOT_ALLOWED))).toMatch(
      /^the key cmk: the product has no role with the action Microsoft\.KeyVault\/vaults\/write there\. Fix: az role assignment create /,
    );
  });

  it.each([
    [429, '429', 'Azure takes no more such requests for a while'],
    [503, '503', 'Azure failed to answer, which passes'],
    [403, '403', 'the product has no right to do this there'],
    [409, 'ServerIsBusy', 'Azure is at work on it, and takes nothing else meanwhile'],
  ])('in words where it says no reason: %i %s', (status, code, words) => {
    expect(told(failure(status, code, ''))).toBe(
      `the key cmk: ${words} (${code === String(status) ? code : `${status} ${code}`})`,
    );
  });

  it('by the product itself where Azure was not asked, and not in the name of Azure', () => {
    expect(told(failure(undefined, 'NoToken', 'no identity'))).toMatch(
      /gives it a token.*Fix: .* \(no identity; NoToken\)$/,
    );
    expect(told(failure(429, 'RationUsedUp', 'the ration is used up'))).not.toContain('Azure says');
    expect(told(failure(undefined, 'ECONNRESET', 'socket hang up'))).toBe(
      'the key cmk: Azure has not answered (socket hang up; ECONNRESET)',
    );
  });

  it('with the status of HTTP in the brackets at the end and nowhere before, whatever was refused', () => {
    const code = fc.constantFrom(
      'AccessDenied',
      'ForbiddenByFirewall',
      'ScopeLocked',
      'Odd',
      'NotFound',
      'ServerIsBusy',
    );
    fc.assert(
      fc.property(fc.constantFrom(400, 401, 403, 404, 409, 412, 429, 500, 503), code, (status, named) => {
        const [words = '', last = ''] = told(failure(status, named)).split(' (Azure says: No; ');
        expect(words).not.toMatch(/\b[45]\d\d\b/);
        expect(last).toBe(`${status} ${named})`);
      }),
    );
  });
});
