import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, DAY, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { ledgerOf, orders, serves, single } from '../../builders/incident.ts';
import {
  addShop,
  addSubscription,
  LANDING_SCOPE,
  letReadBelow,
  letRepair,
  subscriptionOf,
} from '../../builders/landing-zones.ts';

const keyOf = (shop: string): string => `https://kv-${shop}.vault.azure.net/keys/cmk`;

/** Verdicts of all keys that the product knows, by key. */
const verdictsOf = async (app: App): Promise<Readonly<Record<string, string>>> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
  const { value } = body as { value: readonly { readonly key: string; readonly verdict: string }[] };
  return Object.fromEntries(value.map(({ key, verdict }) => [key, verdict]));
};

/** The entries about subscriptions in the product's chain: the act, and the subscription. */
const entered = async (app: App): Promise<readonly string[]> =>
  (await ledgerOf(app, 'product')).entries
    .map(({ detail }) => detail as { what?: string; detail: readonly { id: string; reason: string }[] })
    .filter(({ what = '' }) => what.startsWith('subscription ') || what === 'unreadable')
    .flatMap(({ what, detail }) => detail.map(({ id }) => `${what}: ${id}`));

const expire = ({ cloud, clock }: App, shop: string): void => {
  const { keyVault } = cloud.world;
  const version = keyVault.key(`kv-${shop}`, 'cmk')?.versions.at(-1)?.version ?? '';
  keyVault.letExpire(`kv-${shop}`, 'cmk', version, Math.floor((clock.now() - DAY) / 1_000));
};

const following = (): Promise<App> =>
  startApp({
    world: orders([single('orders')]),
    wake: 'sweep',
    settings: {
      GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE},!/subscriptions/${subscriptionOf('sandbox')}`,
    },
  });

describe('subscriptions below a management group', () => {
  it('are looked after from the next sweep on, and let go when Azure has answered without them twice, half an hour apart', async () => {
    const app = await following();
    await app.pass(NEXT_SWEEP);
    // The product has no right to list yet: the resources there are unknown, and the product says so.
    expect(await entered(app)).toEqual([`unreadable: ${LANDING_SCOPE}`]);

    letReadBelow(app);
    letRepair(app, addShop(app, 'shop'));
    addShop(app, 'sandbox');
    addSubscription(app, 'bare');
    const start = { method: 'POST', path: '/api/reconciliations', body: { key: keyOf('shop') } } as const;
    const resource = `/subscriptions/${subscriptionOf('shop')}/resourceGroups/data/providers/Microsoft.DBforMySQL/servers/shop`;
    await app.door(start, 422);
    await app.door({ ...start, body: { resource } }, 422);
    await app.door(
      { ...start, body: { resource: resource.replace(subscriptionOf('shop'), subscriptionOf('sandbox')) } },
      403,
    );
    await app.pass(NEXT_SWEEP);
    expect(await verdictsOf(app)).toMatchObject({ [keyOf('shop')]: 'healthy' });
    expect(Object.keys(await verdictsOf(app))).not.toContain(keyOf('sandbox'));
    expire(app, 'shop');
    await app.until('the shop serves again', () => serves(app, 'shop'), HOUR);

    const { subscriptions } = app.cloud.world;
    subscriptions.takeOut(subscriptionOf('shop'));
    await app.pass(30 * MINUTE);
    expect(await entered(app)).not.toContain(`subscription let go: /subscriptions/${subscriptionOf('shop')}`);
    await app.pass(15 * MINUTE);
    // The product has reported once what it could not see meanwhile, and not once for each kind of consumer.
    expect((await entered(app)).toSorted()).toEqual(
      [
        `unreadable: ${LANDING_SCOPE}`,
        `subscription found: /subscriptions/${subscriptionOf('shop')}`,
        `subscription found: /subscriptions/${subscriptionOf('bare')}`,
        `subscription without the keys part: /subscriptions/${subscriptionOf('bare')}`,
        `unreadable: /subscriptions/${subscriptionOf('shop')}`,
        `subscription let go: /subscriptions/${subscriptionOf('shop')}`,
      ].toSorted(),
    );
    await app.door(start, 403);
  });
});
