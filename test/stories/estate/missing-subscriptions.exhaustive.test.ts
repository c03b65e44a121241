import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { ledgerOf, orders, server, single } from '../../builders/incident.ts';
import {
  addShop,
  addSubscription,
  LANDING_SCOPE,
  letReadBelow,
  letRepair,
  putBack,
  subscriptionOf,
} from '../../builders/landing-zones.ts';
import { PEOPLE, signedIn } from '../../builders/people.ts';
import { EXIT, runAt } from '../../cli/rig.ts';

type Entry = { readonly what?: string; readonly detail: readonly { readonly id: string }[] };

const told = async (app: App, what: string): Promise<readonly string[]> =>
  (await ledgerOf(app, 'product')).entries
    .map(({ detail }) => detail as Entry)
    .filter((one) => one.what === what)
    .flatMap(({ detail }) => detail.map(({ id }) => id))
    .toSorted();

const idsOf = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `/subscriptions/${subscriptionOf(name)}`).toSorted();

type Missing = {
  readonly id: string;
  readonly missing: { readonly since: string; readonly asked: boolean; readonly answer?: { readonly answer: string } };
};

const missingIn = async (app: App): Promise<readonly Missing[]> => {
  const { body } = await app.door({ method: 'GET', path: '/api/subscriptions?missing=true' }, 200);
  return (body as { readonly value: readonly Missing[] }).value;
};

/** The body that names these as GET shows them now. */
const naming = async (app: App, ...names: readonly string[]) => {
  const ids = idsOf(...names);
  const subscriptions = (await missingIn(app))
    .filter(({ id }) => ids.includes(id))
    .map(({ id, missing }) => ({ id, since: missing.since }));
  return { subscriptions, why: 'cancelled by their owners' };
};

const answer = async (app: App, way: 'release' | 'keeping', body: object, by: string, status: number) =>
  app.door({ method: 'POST', path: `/api/subscriptions/${way}`, headers: await signedIn(app, by), body }, status);

const verdictOf = async (app: App, shop: string): Promise<string | undefined> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
  const { value } = body as { value: readonly { readonly key: string; readonly verdict: string }[] };
  return value.find(({ key }) => key.includes(`kv-${shop}.`))?.verdict;
};

const GONE = ['one', 'two', 'three', 'shop'];

/** Four subscriptions were found below a management group, and are gone from there at once. */
const gone = async (): Promise<App> => {
  const app = await startApp({
    world: orders([single('orders')]),
    wake: 'sweep',
    settings: { ...PEOPLE, GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}` },
  });
  letReadBelow(app);
  for (const name of ['one', 'two', 'three', 'staying']) addSubscription(app, name);
  letRepair(app, addShop(app, 'shop'));
  await app.pass(NEXT_SWEEP);
  for (const name of GONE) app.cloud.world.subscriptions.takeOut(subscriptionOf(name));
  return app;
};

describe('subscriptions that are gone from below a management group at once', () => {
  it('are let go by the word of a person alone, who names what was seen: one that is back by then stays, and so does one of which nothing is said', async () => {
    const app = await gone();
    await app.pass(NEXT_SWEEP);
    // After a few minutes of absence the product asks no one yet, and refuses an answer.
    await answer(app, 'release', await naming(app, 'one'), 'approver', 409);
    await app.pass(2 * HOUR);
    expect(await told(app, 'subscription missing')).toEqual(idsOf(...GONE));
    expect(await told(app, 'subscription let go')).toEqual([]);

    const body = await naming(app, 'one', 'two', 'three');
    for (const by of ['reader', 'requester', 'operator']) await answer(app, 'release', body, by, 403);
    const [first] = body.subscriptions;
    const stale = { ...body, subscriptions: [{ ...first, since: '2026-01-01T00:00:00.000Z' }] };
    await answer(app, 'release', stale, 'approver', 409);
    const [there] = idsOf('staying');
    const mixed = { ...body, subscriptions: [...body.subscriptions, { id: there, since: first?.since }] };
    await answer(app, 'release', mixed, 'approver', 409);
    await app.pass(NEXT_SWEEP);
    expect(await told(app, 'subscription let go')).toEqual([]);

    const guardian = runAt(app);
    const words = ['let-go', ...idsOf('one', 'two', 'three'), '--why', 'cancelled'];
    expect(await guardian(words, 'approver')).toMatchObject({
      exit: EXIT.usage,
      said: expect.stringContaining('add --yes'),
    });
    expect(await guardian([...words, '--yes'], 'operator')).toMatchObject({ exit: EXIT.outOfReach });
    const { exit, out } = await guardian([...words, '--yes'], 'approver');
    expect({ exit, out }).toMatchObject({ exit: EXIT.well, out: expect.stringMatching(/^3 subscriptions may go\./) });
    putBack(app, 'three');
    await app.pass(NEXT_SWEEP);
    expect(await told(app, 'subscription let go')).toEqual(idsOf('one', 'two'));
    expect((await missingIn(app)).map(({ id }) => id)).toEqual(idsOf('shop'));

    // A person says no to the last one: it stays, alone or not, and the product reports the part that it cannot see.
    expect((await guardian(['status'])).out).toContain(
      '1 subscription is missing, and a person is asked whether it may go:',
    );
    expect((await guardian(['subscriptions', '--missing'])).out).toContain("cmk-guardian let-go --why '<why>'");
    await answer(app, 'keeping', await naming(app, 'shop'), 'approver', 202);
    expect((await guardian(['subscriptions'])).out).toMatch(/may not go, says\s+approver/);
    await app.pass(3 * HOUR);
    expect(await missingIn(app)).toMatchObject([{ id: idsOf('shop')[0], missing: { answer: { answer: 'keep' } } }]);
    expect(await told(app, 'subscription let go')).toEqual(idsOf('one', 'two'));
    expect(await verdictOf(app, 'shop')).toBe('unseen');

    // After a person lets it go, the product no longer reports that its server cannot be seen.
    await answer(app, 'release', await naming(app, 'shop'), 'approver', 202);
    await app.pass(3 * NEXT_SWEEP);
    expect(await told(app, 'subscription let go')).toEqual(idsOf('one', 'two', 'shop'));
    expect(await verdictOf(app, 'shop')).not.toBe('unseen');
    putBack(app, 'shop');
    await app.pass(3 * NEXT_SWEEP);
    expect(await verdictOf(app, 'shop')).toBe('healthy');
  });
});

const SHOP_KEY = 'https://kv-shop.vault.azure.net/keys/cmk';

/** The plan that was asked last. */
const planOf = async (app: App): Promise<string | undefined> => {
  const { entries } = await ledgerOf(app, SHOP_KEY);
  const asked = entries.findLast(({ kind }) => kind === 'asked')?.detail as {
    readonly plan: { readonly planId: string };
  };
  return asked?.plan.planId;
};

describe('a subscription that leaves while an incident of its server is open', () => {
  it('ends that incident as let go and not as healed, and asks again for the same when it is back', async () => {
    const app = await startApp({
      world: orders([single('orders')]),
      wake: 'sweep',
      settings: {
        ...PEOPLE,
        GUARDIAN_MODE: 'approve',
        GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}`,
      },
    });
    letReadBelow(app);
    letRepair(app, addShop(app, 'shop'));
    await app.pass(2 * NEXT_SWEEP);
    expect(await verdictOf(app, 'shop')).toBe('healthy');
    const { entra, keyVault } = app.cloud.world;
    const shop = server(app, 'shop');
    const objectId = shop.generation === 'single' ? (shop.identity?.principalId ?? '') : '';
    const permissions = { keys: ['get', 'wrapKey', 'unwrapKey'] };
    keyVault.changePolicies('kv-shop', 'remove', [{ tenantId: entra.tenantId, objectId, permissions }]);
    await app.pass(2 * NEXT_SWEEP);
    expect(await verdictOf(app, 'shop')).toBe('ask');
    const asked = await planOf(app);
    expect(asked).toBeDefined();

    app.cloud.world.subscriptions.takeOut(subscriptionOf('shop'));
    await app.pass(2 * HOUR);
    expect(await told(app, 'subscription let go')).toEqual(idsOf('shop'));
    expect(await verdictOf(app, 'shop')).not.toBe('unseen');
    const { entries } = await ledgerOf(app, SHOP_KEY);
    expect(entries.filter(({ kind }) => kind === 'closed').map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ healthy: false }),
    ]);

    putBack(app, 'shop');
    await app.pass(3 * NEXT_SWEEP);
    expect(await verdictOf(app, 'shop')).toBe('ask');
    expect(await planOf(app)).toBe(asked);
  });
});
