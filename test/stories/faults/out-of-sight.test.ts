import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { A_WHILE, type App, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { keyEvent, sendEvent } from '../../builders/events.ts';
import { flexible, KEY, orders, server, single, writes } from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { closeFirewall, takeActions } from '../../builders/rights.ts';
import { repeated } from '../../run/exhaustive.ts';

const GROUP = `/subscriptions/${subscriptionId}/resourceGroups/data`;
const READ_KEYS = ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keys/versions/read'];

const say = async ({ cloud }: App, verb: string, input: Record<string, unknown>): Promise<void> => {
  const answer = await fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(await answer.text());
};

type Taken = (app: App) => Promise<() => unknown> | (() => unknown);

const hide =
  (scope: string): Taken =>
  async (app) => {
    await say(app, 'break/hide-place', { scope });
    return () => say(app, 'repair/show-place', { scope });
  };

const closeBoth: Taken = (app) => {
  const open = [closeFirewall(app), takeActions(...READ_KEYS)(app)];
  return () => {
    for (const one of open) one();
  };
};

/** The messages about the key since then: its verdicts, with their sentences. */
const toldOf = ({ said }: App, from = 0): readonly string[] =>
  said
    .slice(from)
    .flatMap((line) => (line.includes(`${KEY}: `) ? [line.slice(line.indexOf(`${KEY}: `) + KEY.length + 2)] : []));

/** A key that was well is hidden from the product, and shown again. */
const playHidden = async (
  take: Taken,
  why: RegExp,
  used: ReturnType<typeof single | typeof flexible> = single('orders'),
): Promise<void> => {
  const app = await startApp({ world: orders([used]), wake: 'sweep' });
  await app.pass(NEXT_SWEEP);
  expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
  let from = app.said.length;
  const giveBack = await take(app);
  await app.pass(NEXT_SWEEP);
  expect(await statusOf(app)).toMatchObject({ verdict: 'unseen' });
  await app.pass(A_WHILE);
  expect(toldOf(app, from)).toEqual([expect.stringMatching(/^unseen\. /)]);
  expect(toldOf(app, from)[0]).toMatch(why);
  expect(toldOf(app, from)[0]).toMatch(/\baz [a-z]+ /);
  expect(toldOf(app, from)[0]).not.toMatch(/create.*az keyvault create|make it again/);

  from = app.said.length;
  await giveBack();
  await app.pass(NEXT_SWEEP);
  expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
  await app.pass(A_WHILE);
  expect(toldOf(app, from)).toEqual([expect.stringMatching(/^healthy\./)]);
  expect(writes(app)).toEqual([]);
};

const lastOf = (app: App): string | undefined => toldOf(app).at(-1);

describe('a server that is not found any more', () => {
  repeated('is not taken for gone before it was missed twice, ten minutes apart, and then it is told', async () => {
    const app = await startApp({ world: orders([single('orders'), single('billing')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    app.cloud.world.mysql.servers.remove(server(app, 'billing').id);
    await app.pass(NEXT_SWEEP);
    expect(await statusOf(app)).toMatchObject({ verdict: 'unseen' });
    expect(lastOf(app)).toMatch(/servers\/billing could not be read: whether it is still there .*az resource show/);
    await app.pass(A_WHILE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
    expect(lastOf(app)).toMatch(/^healthy\./);
    expect(writes(app)).toEqual([]);
  });

  repeated('is the same under another id where it was moved, and nothing is asked of anybody', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    const from = app.said.length;
    await say(app, 'break/move-resource', { resource: 'orders', group: 'archive' });
    await app.pass(A_WHILE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
    expect(toldOf(app, from).join()).not.toMatch(/unseen|report|ask/);
  });
});

describe('a key that nobody is seen to use', () => {
  repeated('is told once more when sight is back, though no listing names it', async () => {
    const settings = { GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *' };
    const app = await startApp({ world: orders([single('orders')]), wake: 'event', settings });
    await app.pass(NEXT_SWEEP);
    app.cloud.world.mysql.servers.remove(server(app, 'orders').id);
    await app.pass(A_WHILE);
    const giveBack = takeActions('Microsoft.DBforMySQL/servers/read')(app);
    sendEvent(app, keyEvent(app, 'Microsoft.KeyVault.KeyNearExpiry'));
    await app.pass(A_WHILE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'unseen' });
    const from = app.said.length;
    giveBack();
    await app.pass(A_WHILE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
    expect(toldOf(app, from)).toEqual([expect.stringMatching(/^healthy\./)]);
    expect(writes(app)).toEqual([]);
  });
});

describe('a key that the product cannot see any more', () => {
  it('is told within one sweep, once, with the command that opens the way, and once more when it is seen again: its subscription is hidden', async () => {
    await playHidden(hide(`/subscriptions/${subscriptionId}`), /SubscriptionNotFound/);
  });
  repeated('is told the same where the group of a flexible server is hidden, which a list still shows', async () => {
    await playHidden(hide(GROUP), /ResourceGroupNotFound/, flexible('web'));
  });
  repeated.each([
    ['the group of its server and its vault is hidden', hide(GROUP), /ResourceGroupNotFound/],
    ['servers may not be read', takeActions('Microsoft.DBforMySQL/servers/read'), /AuthorizationFailed/],
    ['vaults may not be read', takeActions('Microsoft.KeyVault/vaults/read'), /AuthorizationFailed/],
    ['the firewall is closed, and keys may not be read beside it', closeBoth, /Forbidden|AuthorizationFailed/],
  ] as const)('is told the same where %s', (_, take, why) => playHidden(take, why));
});
