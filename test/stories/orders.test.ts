import { describe, expect, it } from '@jest/globals';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { A_WHILE, type App, HOUR, NEXT_SWEEP, startApp } from '../builders/app.ts';
import {
  EXTENSION,
  KEY,
  keyVersion,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  REVALIDATION,
  SINGLE,
  server,
  single,
  VAULT,
  writes,
} from '../builders/incident.ts';
import { APPROVE, approve, askedPlan, statusOf } from '../builders/people.ts';

const MARK = { 'cmk-guardian:do-not-heal': 'the customer left' };

const markVersion = (app: App) => Object.assign(keyVersion(app).tags, MARK);
const markVault = (app: App) => Object.assign(app.cloud.world.keyVault.vault(VAULT) ?? {}, { tags: MARK });
const markServer = (app: App) => Object.assign(server(app, 'orders').tags, MARK);

const otherVersion = ({ cloud }: App) => {
  const found = cloud.world.keyVault.key(VAULT, 'other')?.versions.at(-1);
  if (!found) throw new Error('There is no other key');
  return found;
};

const forbid = (target: string) => async (app: App) => {
  await app.door({ method: 'PUT', path: '/api/do-not-heal', body: { target, why: 'the customer left' } }, 200);
};

/** Once the key is extended, Azure lets the product wait half a minute for the server that it wants to revalidate. */
const slowServerAfterExtension = ({ cloud }: App): void =>
  cloud.world.onChange(({ kind, data }) => {
    if (kind !== 'keyAttributesChanged' || Number(data?.['exp']) * 1_000 < cloud.world.clock.now()) return;
    const route = `GET https://management.azure.com${SINGLE}`;
    cloud.faults.add({ route, kind: '429', rate: 1, retryAfter: 30, times: 1 });
  });

const isExtended = (app: App) => () => writes(app).some((write) => EXTENSION.test(write));

const pause = (app: App) => app.door({ method: 'PUT', path: '/api/pause', body: { why: 'planned maintenance' } }, 200);
const resume = (app: App) => app.door({ method: 'DELETE', path: '/api/pause' }, 204);

describe('a pause', () => {
  it('between the extension and the revalidation stops the revalidation, until it is lifted', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await loseOrders(app);
    slowServerAfterExtension(app);
    await app.until('the key is extended', isExtended(app), HOUR);
    await pause(app);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION)]);
    expect(linesOf(await ledgerOf(app))).toContain('outcome revalidateConsumer cancelled');
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });

    await resume(app);
    await ordersServes(app);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
  });

  it('does not make an approved plan ask again: what is left of it goes on', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: APPROVE });
    await loseOrders(app);
    await app.pass(NEXT_SWEEP);
    slowServerAfterExtension(app);
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.until('the key is extended', isExtended(app), HOUR);
    await pause(app);
    await app.pass(NEXT_SWEEP);
    await resume(app);
    await ordersServes(app);
    expect(linesOf(await ledgerOf(app)).filter((line) => line === 'asked' || line === 'approved')).toEqual([
      'asked',
      'approved',
    ]);
  });
});

describe('what must not be healed', () => {
  it.each([
    ['the key', markVersion],
    ['the vault', markVault],
    ['the server', markServer],
  ])('is left alone from the moment of the tag on %s, also in the middle of its plan', async (_, mark) => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await loseOrders(app);
    slowServerAfterExtension(app);
    await app.until('the key is extended', isExtended(app), HOUR);
    mark(app);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION)]);
    expect(linesOf(await ledgerOf(app))).toContain('outcome revalidateConsumer cancelled');
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
  });

  it.each([
    ['the key, by a tag', markVersion],
    ['the vault, by a tag', markVault],
    ['its only server, by a tag', markServer],
    ['the key, by a record', forbid(KEY)],
    ['its only server, by a record', forbid(SINGLE)],
  ])('is reported and never touched: %s', async (_, mark) => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await mark(app);
    await loseOrders(app);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
    expect(linesOf(await ledgerOf(app))).toEqual(['baseline', 'opened', 'seen', 'decided']);
  });

  it.each([
    ['its own, by a tag', markVersion],
    ['another one, by a tag on its server', (app: App) => Object.assign(server(app, 'neighbour').tags, MARK)],
    ['another one, by a tag on itself', (app: App) => Object.assign(otherVersion(app).tags, MARK)],
    ['another one, by a record', forbid(`https://${VAULT}.vault.azure.net/keys/other`)],
  ])('keeps its vault deleted, though nobody can read any more that a key in it is marked: %s', async (_, mark) => {
    const neighbour = { name: 'neighbour', generation: 'single', vault: VAULT, key: 'other' } as const;
    const keys = ['cmk', 'other'].map((name) => ({ name, expiresInDays: 90 }));
    const world: WorldPlan = {
      vaults: [{ name: VAULT, permissions: 'accessPolicies', keys }],
      servers: [single('orders'), neighbour],
    };
    const app = await startApp({ world, wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    await mark(app);
    await app.pass(NEXT_SWEEP);
    app.cloud.world.keyVault.deleteVault(VAULT);
    await app.pass(HOUR);
    expect(writes(app)).toEqual([]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
  });

  it('is healed once the record is taken away', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await forbid(KEY)(app);
    await loseOrders(app);
    await app.pass(NEXT_SWEEP);
    await app.door({ method: 'DELETE', path: `/api/do-not-heal?target=${encodeURIComponent(KEY)}` }, 204);
    await ordersServes(app);
  });
});

describe('an order', () => {
  it('is entered in the ledger with who gave it', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'doors' });
    await pause(app);
    await resume(app);
    await forbid(KEY)(app);
    const { verification, entries } = await ledgerOf(app, 'product');
    const by = 'a holder of the function key';
    expect(verification.kind).toBe('intact');
    expect(entries.map(({ detail }) => detail)).toMatchObject([
      { what: 'pause', detail: { by, why: 'planned maintenance' } },
      { what: 'pause lifted', detail: { by } },
      { what: 'do not heal', detail: { by, target: KEY, why: 'the customer left' } },
    ]);
  });

  it('is refused when it could never match anything', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'doors' });
    await app.door({ method: 'PUT', path: '/api/do-not-heal', body: { target: 'orders', why: 'typo' } }, 400);
    await app.door({ method: 'DELETE', path: '/api/do-not-heal?target=orders' }, 400);
    await app.door({ method: 'PUT', path: '/api/pause', body: {} }, 400);
  });
});
