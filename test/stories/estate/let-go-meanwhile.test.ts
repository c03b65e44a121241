import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { grantsCondition, productRole } from '../../../local/cloud/worlds/product-role.ts';
import { type App, DAY, HOUR, MINUTE, NEXT_SWEEP, SECOND, startApp } from '../../builders/app.ts';
import {
  history,
  ledgerOf,
  linesOf,
  orders,
  productRequests,
  REVALIDATION,
  server,
  serves,
  single,
} from '../../builders/incident.ts';
import { productObjectId } from '../../builders/key-loss.ts';
import {
  addShop,
  LANDING_SCOPE,
  letReadBelow,
  letRepair,
  putBack,
  subscriptionOf,
} from '../../builders/landing-zones.ts';
import { repeated } from '../../run/exhaustive.ts';

const KEY = 'https://kv-shop.vault.azure.net/keys/cmk';
const SHOP = subscriptionOf('shop');

/** The product keeps its rights in the subscription wherever that is moved: the scope alone keeps it from writing there. */
const assignAll = (app: App): void => {
  const { rbac } = app.cloud.world;
  const principalId = productObjectId(app);
  const scope = `/subscriptions/${SHOP}`;
  letRepair(app, SHOP);
  rbac.assign({ scope, role: productRole('observe').roleName, principalId });
  rbac.assign({ scope, role: productRole('grants').roleName, principalId, condition: grantsCondition(principalId) });
};

/** Sweeps begin at each five minutes from 00:00. At 00:45 the product lets go the subscription, missing since 00:15. */
const missing = async (): Promise<App> => {
  const app = await startApp({
    world: orders([single('orders')]),
    wake: 'sweep',
    settings: {
      GUARDIAN_AUTO_REVERSE: 'all',
      GUARDIAN_DEDICATED_VAULTS: 'kv-orders,kv-shop',
      GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}`,
    },
  });
  letReadBelow(app);
  addShop(app, 'shop');
  assignAll(app);
  await app.pass(2 * NEXT_SWEEP);
  expect(linesOf(await ledgerOf(app, KEY))).toEqual(['baseline']);
  app.cloud.world.subscriptions.takeOut(SHOP);
  await app.clock.advanceTo(app.startedAt + 43 * MINUTE + 30 * SECOND);
  return app;
};

/** A person has the key looked at half a minute before the sweep that lets the subscription go. */
const healFrom = async (app: App, lose: (app: App) => void): Promise<void> => {
  lose(app);
  await app.clock.advanceTo(app.startedAt + 44 * MINUTE + 30 * SECOND);
  await app.door({ method: 'POST', path: '/api/reconciliations', body: { key: KEY } }, 202);
};

const expire = ({ clock, cloud: { world } }: App): void => {
  const version = world.keyVault.key('kv-shop', 'cmk')?.versions.at(-1)?.version ?? '';
  world.keyVault.letExpire('kv-shop', 'cmk', version, Math.floor((clock.now() - DAY) / 1_000));
};

const takeAccess = (app: App): void => {
  const { entra, keyVault } = app.cloud.world;
  const shop = server(app, 'shop');
  const objectId = shop.generation === 'single' ? (shop.identity?.principalId ?? '') : '';
  const permissions = { keys: ['get', 'wrapKey', 'unwrapKey'] };
  keyVault.changePolicies('kv-shop', 'remove', [{ tenantId: entra.tenantId, objectId, permissions }]);
};

const letGoAt = async (app: App): Promise<number> => {
  const { entries } = await ledgerOf(app, 'product');
  const told = entries.find(({ detail }) => (detail as { what?: string }).what === 'subscription let go');
  return Date.parse(told?.at ?? '');
};

/** `METHOD path` of the writes of the product before this time, and from it on. */
const writesAround = (app: App, at: number) => {
  const writes = productRequests(app).filter(({ mutating }) => mutating);
  const { before = [], after = [] } = Object.groupBy(writes, (one) => (Date.parse(one.at) < at ? 'before' : 'after'));
  const named = (all: typeof writes) => all.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { before: named(before), after: named(after) };
};

const GRANT = /^PUT .*\/vaults\/kv-shop\/accessPolicies\/add$/;
const EXTENSION = /^PATCH \/keys\/cmk\//;

describe('a heal in a subscription that is let go meanwhile', () => {
  it('writes nothing more there, ends as let go and not as healed, and goes on from there when it is back', async () => {
    const app = await missing();
    await healFrom(app, takeAccess);
    await app.pass(HOUR);
    const at = await letGoAt(app);
    expect(at - app.startedAt).toBe(45 * MINUTE);
    // The server tries its key again a minute after the grant at the earliest: by then its subscription is let go.
    expect(writesAround(app, at)).toEqual({ before: [expect.stringMatching(GRANT)], after: [] });
    expect(serves(app, 'shop')).toBe(false);
    const { entries, verification } = await ledgerOf(app, KEY);
    expect(verification.kind).toBe('intact');
    const letGo = [server(app, 'shop').id.toLowerCase()];
    expect(entries.at(-1)).toMatchObject({ kind: 'closed', detail: { healthy: false, letGo } });
    expect(linesOf({ entries, verification })).toContain('outcome grantKeyAccess done');

    putBack(app, 'shop');
    await app.until('the shop serves again', () => serves(app, 'shop'), HOUR);
    const { after } = writesAround(app, at);
    expect(after.length).toBeGreaterThan(0);
    expect(after).toEqual(after.map(() => expect.stringMatching(REVALIDATION)));
    await app.pass(NEXT_SWEEP);
    expect((await ledgerOf(app, KEY)).entries.at(-1)).toMatchObject({ kind: 'closed', detail: { healthy: true } });
  });

  repeated('enters how a write ended that Azure was at work on, and sends none after it', async () => {
    const app = await missing();
    await healFrom(app, expire);
    await app.pass(HOUR);
    const at = await letGoAt(app);
    expect(at - app.startedAt).toBe(45 * MINUTE);
    expect(writesAround(app, at)).toEqual({
      before: [expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)],
      after: [],
    });
    const chain = await ledgerOf(app, KEY);
    expect(linesOf(chain).filter((line) => line.startsWith('outcome'))).toEqual([
      'outcome extendKeyExpiry done',
      'outcome revalidateConsumer done',
    ]);
    expect(history(app, 'shop').at(-1)).toBe('ready');
    expect(chain.entries.at(-1)).toMatchObject({ kind: 'closed', detail: { healthy: false } });
  });
});
