import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/azure/failure/advice.ts';
import { classify } from '../../../src/azure/failure/classify.ts';
import type { Failure } from '../../../src/azure/failure/failure.ts';
import { readFact } from '../../../src/azure/failure/read-fact.ts';

const failure = (status: number | undefined, code: string, message = 'because'): Failure => ({
  ...(status === undefined ? {} : { status }),
  code,
  message,
  correlationIds: [],
});

describe('what a failure means', () => {
  it.each([
    [403, 'AccessDenied', 'denied'],
    [403, 'ForbiddenByPolicy', 'denied'],
    [403, 'ForbiddenByRbac', 'denied'],
    [400, 'ForbiddenByRbac', 'denied'],
    [403, 'ForbiddenByFirewall', 'denied'],
    [403, 'ForbiddenByConnection', 'denied'],
    [403, 'AuthorizationFailed', 'denied'],
    [403, 'LinkedAuthorizationFailed', 'denied'],
    [409, 'ScopeLocked', 'denied'],
    [401, 'Unauthorized', 'denied'],
    [403, 'KeyDisabled', 'refused'],
    [404, 'KeyNotFound', 'absent'],
    [404, 'ResourceNotFound', 'absent'],
    [404, 'SubscriptionNotFound', 'refused'],
    [404, 'ResourceGroupNotFound', 'refused'],
    [401, 'InvalidAuthenticationTokenTenant', 'refused'],
    [409, 'ObjectIsBeingRecovered', 'busy'],
    [409, 'ObjectIsBeingDeleted', 'busy'],
    [409, 'OperationInProgress', 'busy'],
    [409, 'ServerIsBusy', 'busy'],
    [409, 'ObjectIsDeletedButRecoverable', 'refused'],
    [409, 'ServerUnavailableForOperation', 'refused'],
    [400, 'AzureKeyVaultInvalidUri', 'refused'],
    [429, 'TooManyRequests', 'transient'],
    [503, 'ServerTimeout', 'transient'],
    [undefined, 'ECONNRESET', 'transient'],
    [undefined, 'ENOTFOUND', 'refused'],
    [undefined, 'NoToken', 'refused'],
    [undefined, 'TokenUnavailable', 'transient'],
  ])('%s %s is %s', (status, code, meaning) => {
    expect(classify(failure(status, code))).toBe(meaning);
  });

  it('is never "absent" unless Azure answered 404', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 400, max: 599 }), { nil: undefined }), fc.string(), (status, code) => {
        if (classify(failure(status, code)) === 'absent') expect(status).toBe(404);
      }),
    );
  });

  it('is "busy" where Compute says so in words alone', () => {
    const busy = "Operation on 'x' is not allowed since another operation on it is in progress.";
    expect(classify(failure(409, 'OperationNotAllowed', busy))).toBe('busy');
    expect(classify(failure(409, 'OperationNotAllowed', 'exceeding approved quota'))).toBe('refused');
  });

  it('does not depend on the casing of a code', () => {
    expect(classify(failure(403, 'FORBIDDENBYRBAC'))).toBe('denied');
  });
});

describe('the reason given', () => {
  const oid = '11111111-2222-3333-4444-555555555555';
  const denied = failure(
    403,
    'AccessDenied',
    `The user 'appid=a;oid=${oid};iss=x' does not have keys get permission\r\nmore`,
  );

  it('holds the command that fixes it, for the caller that Azure named', () => {
    const reason = explain(denied, { what: 'key version k/1', vaultName: 'kv-orders' });
    expect(reason).toContain(
      `az keyvault set-policy --name kv-orders --object-id ${oid} --key-permissions get list update recover`,
    );
    expect(reason).not.toContain('more');
  });

  it('says that the product is no trusted service where the firewall stands in the way', () => {
    const reason = explain(failure(403, 'ForbiddenByFirewall'), { what: 'k', vaultName: 'kv-orders' });
    expect(reason).toMatch(/network-rule add --name kv-orders .*not a trusted service/);
  });

  it('stands alone where no command is known', () => {
    expect(explain(failure(400, 'Odd', 'so be it'), { what: 'server s' })).toBe(
      'server s: Azure refused it (Azure says: so be it; 400 Odd)',
    );
    expect(explain(failure(404, 'VaultNotFound', 'no vault.'), { what: 'vault v' })).toMatch(
      / answers\. Fix: az .* \(Azure says: no vault; 404 VaultNotFound\)$/,
    );
  });
});

describe('a fact', () => {
  const read = (failed: Failure) =>
    readFact({ what: 'it' }, () => Promise.reject({ statusCode: failed.status, details: { error: failed } }));

  it('is unknown, with the reason, when we are not let in', async () => {
    const fact = await read(failure(403, 'AuthorizationFailed'));
    expect(fact).toEqual({ kind: 'unknown', reason: expect.stringContaining('CMK Guardian') });
  });

  it('is absent only when Azure says so', async () => {
    expect(await read(failure(404, 'KeyNotFound'))).toEqual({ kind: 'absent' });
  });

  it('is tried again later when that may help', async () => {
    await expect(read(failure(429, 'TooManyRequests'))).rejects.toThrow(
      'it: Azure takes no more such requests for a while (',
    );
  });
});
