import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { deliveriesOf, keyEvent, sendEvent } from '../../builders/events.ts';
import { ledgerOf, loseOrders, orders, productRequests, single, writes } from '../../builders/incident.ts';
import { sampled } from '../../run/exhaustive.ts';

const EXPIRED = 'Microsoft.KeyVault.KeyExpired';
const ELSEWHERE = `/subscriptions/${subscriptionId}/resourceGroups/elsewhere`;

/** The reasons of refused events in the product's chain, oldest first. */
const refusals = async (app: App): Promise<readonly string[]> => {
  const { verification, entries } = await ledgerOf(app, 'product');
  expect(verification).toMatchObject({ kind: 'intact' });
  return entries
    .map(({ detail }) => detail as { what: string; detail: { why: string } })
    .filter(({ what }) => what === 'event refused')
    .map(({ detail }) => detail.why);
};

const known = async (app: App): Promise<unknown> =>
  (await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200)).body;

describe('an event of a vault out of scope', () => {
  it('starts nothing and is recorded in the chain of the product, once however often it comes', async () => {
    const world = orders([single('orders')]);
    const app = await startApp({ world, wake: 'event', settings: { GUARDIAN_SCOPE: ELSEWHERE } });
    await loseOrders(app);
    for (let n = 0; n < 3; n++) sendEvent(app, keyEvent(app, EXPIRED));
    await app.pass(HOUR);

    expect(await known(app)).toMatchObject({ value: [] });
    // An event of Key Vault itself, and three that an attacker might send: one reason, one entry.
    expect(await refusals(app)).toEqual([expect.stringContaining('is outside GUARDIAN_SCOPE')]);
    expect(productRequests(app)).toEqual([]);
    expect(deliveriesOf(app)).toMatchObject({ refused: 0 });
  });
});

describe('an event that names nothing', () => {
  it.each(
    sampled(
      [
        ['no type', { eventType: undefined }, /neither eventType nor type/],
        ['a topic that is no vault', { topic: 'kv-orders' }, /not the resource id of a vault/],
        ['another vault than its topic', { data: { VaultName: 'kv-other', ObjectName: 'cmk' } }, /another vault/],
        ['a key that cannot be one', { subject: '', data: { ObjectName: '../cmk' } }, /names no key/],
      ],
      2,
    ),
  )('(%s) is recorded and accepted, since delivering it again would not make it better', async (_, changes, why) => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'event' });
    for (let n = 0; n < 2; n++) sendEvent(app, keyEvent(app, EXPIRED, changes));
    await app.pass(10 * MINUTE);
    expect(await refusals(app)).toEqual([expect.stringMatching(why)]);
    expect(deliveriesOf(app)).toMatchObject({ accepted: 2, refused: 0 });
    expect(await known(app)).toMatchObject({ value: [] });
    expect(writes(app)).toEqual([]);
  });
});
