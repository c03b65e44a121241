import { describe, expect, it } from 'vitest';
import { readList } from '../../../src/azure/consumers/read-list.ts';

const refusing =
  (code: string, statusCode = 409) =>
  () =>
    Promise.reject(Object.assign(new Error(code), { statusCode, details: { error: { code, message: 'because' } } }));
const listed = (read: () => Promise<readonly string[]>) => readList('the servers', { id: '/subscriptions/s' }, read);

describe('a list of consumers', () => {
  it('is empty where the subscription cannot have any', async () => {
    expect(await listed(refusing('MissingSubscriptionRegistration'))).toEqual({ kind: 'present', value: [] });
  });

  it.each([
    ['NoRegisteredProviderFound', 400],
    ['InvalidResourceType', 404],
  ])('is unknown, and not empty, where Azure does not serve the api-version (%s)', async (code, status) => {
    expect(await listed(refusing(code, status))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('refuses the api-version'),
    });
  });

  it('is unknown where it was refused for another reason', async () => {
    expect(await listed(refusing('AuthorizationFailed', 403))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(
        /^the servers of \/subscriptions\/s: the product has no role there.*AuthorizationFailed/,
      ),
    });
  });

  it('is what was read', async () => {
    expect(await listed(() => Promise.resolve(['a']))).toEqual({ kind: 'present', value: ['a'] });
  });
});
