import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { ledgerOf, orders, single } from '../../builders/incident.ts';
import { addSubscription, LANDING_SCOPE, letReadBelow, subscriptionOf } from '../../builders/landing-zones.ts';

const told = async (app: App, what: string): Promise<readonly string[]> =>
  (await ledgerOf(app, 'product')).entries
    .map(({ detail }) => detail as { what?: string; detail: readonly { id: string }[] })
    .filter((one) => one.what === what)
    .flatMap(({ detail }) => detail.map(({ id }) => id));

describe('subscriptions that are gone from below a management group at once', () => {
  it('are let go by nobody but a person: each is asked for once, and stays in scope', async () => {
    const app = await startApp({
      world: orders([single('orders')]),
      wake: 'sweep',
      settings: { GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}` },
    });
    letReadBelow(app);
    for (const name of ['one', 'two', 'three']) addSubscription(app, name);
    await app.pass(NEXT_SWEEP);
    for (const name of ['one', 'two']) app.cloud.world.subscriptions.takeOut(subscriptionOf(name));
    await app.pass(2 * HOUR);
    const gone = ['one', 'two'].map((name) => `/subscriptions/${subscriptionOf(name)}`).toSorted();
    expect((await told(app, 'subscription missing')).toSorted()).toEqual(gone);
    expect(await told(app, 'subscription let go')).toEqual([]);
  });
});
