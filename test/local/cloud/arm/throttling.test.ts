import type { HttpMethods } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../local/clock/authority.ts';
import { createRateLimits } from '../../../../local/cloud/arm/rate-limit.ts';
import type { CloudOptions } from '../../../../local/cloud/cloud.ts';
import { aCloud, named, subscriptionId, theProduct } from '../sdk.ts';
import { sendAs } from './send-as.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const vault = `${subscription}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-orders`;
const read = `${vault}?api-version=2026-02-01`;
const lock = `${vault}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`;
const reads = 'x-ms-ratelimit-remaining-subscription-reads';

/** The owner of a vault, who sends many requests within one instant. */
const aHurry = async (options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud({ world: 'mysql-single', ...options });
  const send = sendAs(cloud, named(cloud, 'owner'));
  const many = async (times: number, method: HttpMethods, path: string, body?: unknown, sendIt = send) => {
    const counts: Record<number, number> = {};
    for (let n = 0; n < times; n++) {
      const { status } = await sendIt(method, path, body);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };
  return { cloud, send, many };
};

describe('the token buckets of Azure Resource Manager', () => {
  it('let 250 reads through at once and 25 more every second', async () => {
    const { cloud, send, many } = await aHurry();
    expect(await many(255, 'GET', read)).toEqual({ 200: 250, 429: 5 });
    const refused = await send('GET', read);
    expect([refused.header('retry-after'), refused.header(reads)]).toEqual(['1', '0']);
    expect(refused.body).toEqual({
      error: {
        code: 'SubscriptionRequestsThrottled',
        message: `Number of requests for subscription '${subscriptionId}' and operation 'GET/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS' exceeded the backend storage limit. Please try again after '1' seconds.`,
      },
    });
    await cloud.world.clock.advance(1000);
    expect((await send('GET', read)).header(reads)).toBe('24');
    expect(await many(25, 'GET', read)).toEqual({ 200: 24, 429: 1 });
  });

  it('let 200 writes and 200 deletions through, each from a bucket of its own', async () => {
    const { cloud, many } = await aHurry();
    const body = { properties: { level: 'CanNotDelete' } };
    expect(await many(202, 'PUT', lock, body)).toEqual({ 200: 199, 201: 1, 429: 2 });
    expect(await many(202, 'DELETE', lock)).toEqual({ 200: 1, 204: 199, 429: 2 });
    expect(await many(1, 'GET', read)).toEqual({ 200: 1 });
    await cloud.world.clock.advance(1000);
    expect(await many(11, 'PUT', lock, body)).toEqual({ 200: 9, 201: 1, 429: 1 });
  });

  it('are full again after a while, and never more than full', async () => {
    const { cloud, many } = await aHurry();
    await many(250, 'GET', read);
    await cloud.world.clock.advance(3_600_000);
    expect(await many(251, 'GET', read)).toEqual({ 200: 250, 429: 1 });
  });

  it('belong to one principal and one subscription', async () => {
    const { cloud, send, many } = await aHurry();
    await many(250, 'GET', read);
    expect(await many(1, 'GET', read, undefined, sendAs(cloud, theProduct(cloud)))).toEqual({ 200: 1 });
    const tenant = await send('GET', '/subscriptions?api-version=2022-12-01');
    expect([tenant.status, tenant.header('x-ms-ratelimit-remaining-tenant-reads')]).toEqual([200, '249']);
    const elsewhere = `/subscriptions/00000000-0000-4000-8000-000000000000`;
    expect((await send('GET', `${elsewhere}?api-version=2022-12-01`)).status).toBe(404);
  });

  it('take from who may not as well, and nothing is done for who is refused', async () => {
    const { cloud, many } = await aHurry();
    const sendAsStranger = sendAs(cloud, named(cloud, 'approver'));
    expect(await many(251, 'GET', read, undefined, sendAsStranger)).toEqual({ 403: 250, 429: 1 });
    await many(200, 'PUT', lock, {});
    expect(await many(1, 'PUT', lock, { properties: { level: 'CanNotDelete' } })).toEqual({ 429: 1 });
    expect(cloud.world.locks.all()).toEqual([]);
  });

  it('count but never refuse where the switch says so', async () => {
    const { send, many } = await aHurry({ switches: { armThrottling: 'off' } });
    expect(await many(255, 'GET', read)).toEqual({ 200: 255 });
    expect((await send('GET', read)).header(reads)).toBe('0');
  });

  it('never let more through than they hold and regain, whatever the haste, and never less', async () => {
    const bursts = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 400 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(bursts, async (waits) => {
        const clock = createClock({ now: 0 });
        const switches = { propagationSeconds: 0, flexibleNoChangePatch: 'works' as const };
        const { spend } = createRateLimits({ clock, switches });
        let thousandths = 250_000;
        for (const [ms, times] of waits) {
          await clock.advance(ms);
          thousandths = Math.min(250_000, thousandths + ms * 25);
          const most = Math.floor(thousandths / 1000);
          const request = { method: 'GET', path: read, objectId: 'someone' };
          const through = Array.from({ length: times }, () => spend(request)).filter(({ refusal }) => !refusal);
          expect(through).toHaveLength(Math.min(times, most));
          thousandths -= through.length * 1000;
        }
        await clock.close();
      }),
      { numRuns: 50 },
    );
  });
});
