import { describe, expect, it } from 'vitest';
import { A_WHILE, type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  isDown,
  KEY,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  productRequests,
  single,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { closeFirewall, takeActions, takeKeyPermissions, takeRole } from '../../builders/rights.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

const READ_KEY = 'Microsoft.KeyVault/vaults/keys/read';

const requestRepair = (app: App, step: string) =>
  app.door({ method: 'POST', path: `/api/orchestrators/${step}`, body: { key: KEY } }, 202);

/** `METHOD status` of the product's requests that may change something. */
const attempts = (app: App): readonly string[] =>
  productRequests(app)
    .filter(({ mutating }) => mutating)
    .map(({ method, status }) => `${method} ${status}`);

describe('what we may not read', () => {
  it.each(
    sampled(
      [
        [
          'the access policy of the product is gone',
          'accessPolicies',
          takeKeyPermissions('get', 'list', 'update'),
          /AccessDenied/,
        ],
        ['the firewall is open to trusted services only', 'accessPolicies', closeFirewall, /ForbiddenByFirewall/],
        ['its role does not read keys', 'roles', takeActions(READ_KEY), /ForbiddenByRbac/],
        [
          'its role does not read servers',
          'accessPolicies',
          takeActions('Microsoft.DBforMySQL/servers/read'),
          /AuthorizationFailed/,
        ],
      ] as const,
      1,
    ),
  )('is reported with the fix, and nothing is written, where %s', async (_, permissions, take, why) => {
    const app = await startApp({ world: orders([single('orders')], {}, permissions), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    const giveBack = take(app);
    await loseOrders(app);
    await app.pass(A_WHILE);
    expect(attempts(app)).toEqual([]);
    expect(isDown(app, 'orders')).toBe(true);
    const said = [await ledgerOf(app), await ledgerOf(app, 'product')];
    expect(JSON.stringify(said)).toMatch(why);
    expect(JSON.stringify(said)).toContain('az ');

    giveBack();
    await requestRepair(app, 'extendKeyExpiry');
    await ordersServes(app);
  });

  repeated('is said once in the chain of the product where it sees nothing at all', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    const giveBack = takeRole(app);
    await loseOrders(app);
    await app.pass(A_WHILE);
    expect(attempts(app)).toEqual([]);
    const { entries } = await ledgerOf(app, 'product');
    expect(entries.map(({ detail }) => (detail as { what: string }).what)).toEqual(['unreadable']);

    giveBack();
    await ordersServes(app);
  });
});

describe('what we may read and not write', () => {
  repeated.each([
    ['the key', 'extendKeyExpiry', takeKeyPermissions('update'), 'PATCH 403'],
    ['the server', 'revalidateConsumer', takeActions('Microsoft.DBforMySQL/servers/keys/write'), 'PUT 403'],
  ])('%s, is tried, refused and reported; a manual start tries again at once', async (_, step, take, refused) => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    const giveBack = take(app);
    await loseOrders(app);
    await app.pass(HOUR);
    const sent = attempts(app);
    const refusals = sent.filter((attempt) => attempt === refused);
    expect(refusals.length).toBeLessThanOrEqual(3);
    expect(sent.filter((attempt) => attempt !== refused && attempt !== 'PATCH 200')).toEqual([]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
    expect(linesOf(await ledgerOf(app)).filter((line) => line === `outcome ${step} blocked`)).toEqual(
      refusals.map(() => `outcome ${step} blocked`),
    );
    expect(isDown(app, 'orders')).toBe(true);

    giveBack();
    await requestRepair(app, step);
    await ordersServes(app);
  });
});
