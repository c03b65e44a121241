import { describe, expect, it } from '@jest/globals';
import { readList } from '../../../src/azure/consumers/read-list.ts';

const refusing =
  (code: string, statusCode = 409) =>
  () =>
    Promise.reject(Object.assign(new Error(code), { statusCode, details: { error: { code, message: 'because' } } }));
const listed = (read: () => Promise<readonly string[]>) => readList('the servers', { id: '/subscriptions/s' }, read);

describe('a list of consumers', () => {
  it.each(['MissingSubscriptionRegistration', 'NoRegisteredProviderFound'])(
    'is empty where the subscription cannot have any (%s)',
    async (code) => {
      expect(await listed(refusing(code))).toEqual({ kind: 'present', value: [] });
    },
  );

  it('is unknown where it was refused for another reason', async () => {
    expect(await listed(refusing('AuthorizationFailed', 403))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('the servers of /subscriptions/s: AuthorizationFailed'),
    });
  });

  it('is what was read', async () => {
    expect(await listed(() => Promise.resolve(['a']))).toEqual({ kind: 'present', value: ['a'] });
  });
});
