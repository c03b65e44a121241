import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFailure } from '../../../src/azure/failure/failure.ts';

const headers = (values: Record<string, string>) => ({ get: (name: string) => values[name] });

describe('a failed call', () => {
  it('has the reason that Key Vault hides in innererror, under either name', () => {
    for (const inner of ['innererror', 'innerError']) {
      const details = { error: { code: 'Forbidden', message: 'no', [inner]: { code: 'ForbiddenByFirewall' } } };
      expect(toFailure({ statusCode: 403, code: 'Forbidden', details })).toMatchObject({
        status: 403,
        code: 'ForbiddenByFirewall',
        message: 'no',
      });
    }
  });

  it('is read from the text of the answer where the client did not parse it', () => {
    const response = { status: 404, bodyAsText: '{"error":{"code":"ResourceNotFound","message":"gone"}}' };
    expect(toFailure({ response })).toMatchObject({ status: 404, code: 'ResourceNotFound', message: 'gone' });
  });

  it('is read from the bare body that some providers answer', () => {
    const details = { code: 'ServerIsBusy', message: 'busy' };
    expect(toFailure({ statusCode: 409, details })).toMatchObject({ code: 'ServerIsBusy', message: 'busy' });
  });

  it('has no status when Azure never answered', () => {
    const failure = toFailure(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    expect(failure).toEqual({ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND', correlationIds: [] });
  });

  it('carries the ids that Azure knows the request by, and the wait it asks for', () => {
    const ids = { 'x-ms-correlation-request-id': 'c', 'x-ms-request-id': 'r', 'retry-after': '17' };
    const failure = toFailure({ response: { status: 429, headers: headers(ids) } });
    expect(failure).toMatchObject({ code: '429', retryAfterMs: 17_000, correlationIds: ['c', 'r'] });
  });

  it('is made of what cannot even be written as text', () => {
    expect(toFailure([Object.create(null)])).toEqual({
      code: 'NoAnswer',
      message: '[object Array]',
      correlationIds: [],
    });
  });

  it('is made of anything that is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const { code, message } = toFailure(thrown);
        expect([typeof code, typeof message]).toEqual(['string', 'string']);
      }),
    );
  });
});
