import { describe, expect, it } from 'vitest';
import type { Fault } from '../../local/cloud/faults.ts';
import { sendOnce } from '../../src/azure/apply/send-once.ts';
import { KEY, ORDERS, SINGLE } from './orders.ts';
import { stage } from './product.ts';

const TOKENS = '*/msi/token*';
const consumerIds = [SINGLE];

describe('a token that the managed-identity endpoint does not give at once', () => {
  it.each<[string, Omit<Fault, 'route' | 'rate'>]>([
    ['429 without Retry-After', { kind: '429' }],
    ['429 with Retry-After', { kind: '429', retryAfter: 5 }],
    ['503', { kind: '503' }],
    ['a connection that breaks', { kind: 'reset' }],
  ])('is asked for again: %s', async (_, fault) => {
    const { call, cloud } = await stage(ORDERS);
    cloud.faults.add({ route: TOKENS, rate: 1, times: 2, ...fault });
    const { consumers, vault, versions } = await call('observeKey', KEY, { consumerIds });
    expect([consumers, vault, ...Object.values(versions)].map(({ kind }) => kind)).toEqual([
      'present',
      'present',
      'present',
    ]);
  });

  it.each(['429', '503', 'reset'] as const)(
    'is no lack of rights: the read is thrown, to be tried again, while it stays so: %s',
    async (kind) => {
      const { call, cloud } = await stage(ORDERS);
      cloud.faults.add({ route: TOKENS, rate: 1, kind });
      await expect(call('observeKey', KEY, { consumerIds })).rejects.toThrow('TokenUnavailable');
    },
  );

  it('leaves a write unsent, so that it only waits', async () => {
    const error = Object.assign(new Error('Authentication failed.', { cause: { status: 429 } }), {
      name: 'CredentialUnavailableError',
    });
    const sent = await sendOnce({ what: 'the revalidation of orders' }, () => Promise.reject(error));
    expect(sent).toMatchObject({ kind: 'waiting' });
  });
});
