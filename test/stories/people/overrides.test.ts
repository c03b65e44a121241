import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { A_WHILE, type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
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
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { APPROVE, approve, askedPlan, liftDoNotHeal, liftPause, statusOf } from '../../builders/people.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

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

    await liftPause(app);
    await ordersServes(app);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
  });

  repeated('does not make an approved plan ask again: what is left of it goes on', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: APPROVE });
    await loseOrders(app);
    await app.pass(NEXT_SWEEP);
    slowServerAfterExtension(app);
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.until('the key is extended', isExtended(app), HOUR);
    await pause(app);
    await app.pass(NEXT_SWEEP);
    await liftPause(app, 'approver');
    await ordersServes(app);
    expect(linesOf(await ledgerOf(app)).filter((line) => line === 'asked' || line === 'approved')).toEqual([
      'asked',
      'approved',
    ]);
  });
});

describe('what must not be healed', () => {
  repeated.each([
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

  it.each(
    sampled(
      [
        ['the key, by a tag', markVersion],
        ['the vault, by a tag', markVault],
        ['its only server, by a tag', markServer],
        ['the key, by a record', forbid(KEY)],
        ['its only server, by a record', forbid(SINGLE)],
      ],
      4,
    ),
  )('is reported and never touched: %s', async (_, mark) => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await mark(app);
    await loseOrders(app);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
    expect(linesOf(await ledgerOf(app))).toEqual(['baseline', 'opened', 'seen', 'decided']);
  });

  repeated.each([
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
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
  });

  repeated(
    'comes back with its vault once a person has taken back the mark that nobody can read any more',
    async () => {
      const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
      markVersion(app);
      const { kid } = keyVersion(app);
      await app.pass(2 * NEXT_SWEEP);
      app.cloud.world.keyVault.deleteVault(VAULT);
      await app.pass(HOUR);
      expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
      expect(writes(app)).toEqual([]);
      await liftDoNotHeal(app, kid);
      await app.pass(MINUTE);
      expect(writes(app)).toEqual([expect.stringMatching(/^PUT .*\/vaults\/kv-orders$/)]);
    },
  );

  repeated(
    'keeps its key deleted, though the server that bore the tag is gone, and nobody can read it any more',
    async () => {
      const app = await startApp({ world: orders([single('orders'), single('gone')]), wake: 'sweep' });
      Object.assign(server(app, 'gone').tags, MARK);
      await app.pass(NEXT_SWEEP);
      app.cloud.world.mysql.servers.remove(server(app, 'gone').id);
      await app.pass(NEXT_SWEEP);
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.pass(HOUR);
      expect(writes(app)).toEqual([]);
      expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
    },
  );

  it('is healed at once when the record is taken away', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await forbid(KEY)(app);
    await loseOrders(app);
    await app.pass(NEXT_SWEEP);
    await liftDoNotHeal(app, KEY);
    await app.pass(MINUTE);
    expect(serves(app, 'orders')).toBe(true);
  });
});
