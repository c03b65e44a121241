import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { A_WHILE, type App, DAY, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { control } from '../../builders/control.ts';
import {
  isDown,
  ledgerOf,
  linesOf,
  orders,
  productRequests,
  REVALIDATION,
  server,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/data`;

const SWEEP = { GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *' };

/** A server that the product knows: by the sweep, and by events as well where those wake it. */
const known = async (wake: 'event' | 'sweep' = 'event', mode = 'auto'): Promise<App> => {
  const settings = { ...SWEEP, GUARDIAN_MODE: mode };
  const app = await startApp({ world: orders([single('orders')]), wake, settings });
  await app.pass(NEXT_SWEEP + MINUTE);
  expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
  return app;
};

/** `METHOD status` of the product's requests that may change something. */
const sent = (app: App): readonly string[] =>
  productRequests(app)
    .filter(({ mutating }) => mutating)
    .map(({ method, status }) => `${method} ${status}`);

const said = async (app: App): Promise<string> => {
  const { decision } = await statusOf(app);
  return JSON.stringify(decision);
};

const identityOf = (app: App): string => {
  const found = server(app, 'orders');
  if (found.generation !== 'single' || !found.identity) throw new Error('orders has no identity');
  return found.identity.principalId;
};

/** An owner takes the access of the server, which goes down, and gives it back. */
const takeAndGiveBack = async (app: App, between: () => unknown): Promise<void> => {
  const objectId = identityOf(app);
  await control(app, 'break/remove-access-policy', { vault: VAULT, objectId });
  await app.until('orders is down', () => isDown(app, 'orders'), HOUR);
  await app.pass(NEXT_SWEEP);
  await between();
  await control(app, 'repair/add-access-policy', { vault: VAULT, objectId, keys: ['get', 'wrapKey', 'unwrapKey'] });
};

type Obstacle = { readonly put: string; readonly input: object; readonly take: string; readonly says: string };

const LOCK: Obstacle = {
  put: 'break/lock',
  input: { scope: GROUP, name: 'hands-off', level: 'ReadOnly' },
  take: 'repair/unlock',
  says: `A lock at ${GROUP} stands in the way. Fix: az lock list --resource-group data`,
};
const POLICY: Obstacle = {
  put: 'break/assign-policy',
  input: { scope: SUBSCRIPTION, name: 'guardrails', type: 'Microsoft.DBforMySQL/servers/keys' },
  take: 'repair/unassign-policy',
  says: `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/guardrails forbids it`,
};
const DENIAL: Obstacle = {
  put: 'break/deny',
  input: { scope: GROUP, name: 'stack', actions: ['Microsoft.DBforMySQL/servers/keys/write'] },
  take: 'repair/undeny',
  says: "The deny assignment 'stack'",
};

/** The server has its access again; an obstacle forbids the write that would bring it back. */
const held = async (app: App, { put, input, says }: Obstacle): Promise<void> => {
  await takeAndGiveBack(app, () => control(app, put, { ...input }));
  await app.pass(3 * HOUR);
  expect(await said(app)).toContain(JSON.stringify(says).slice(1, -1));
  // However often it was tried, what is read says when the next try is due.
  const due = /It is tried again after (\S+), or/.exec(await said(app))?.[1] ?? '';
  expect(due > new Date(app.clock.now()).toISOString()).toBe(true);
  expect(isDown(app, 'orders')).toBe(true);
  const refused = sent(app).filter((line) => /^PUT (403|409)$/.test(line));
  // Five minutes, a quarter of an hour, and then every hour: never at every sweep.
  expect(refused.length).toBeGreaterThanOrEqual(4);
  expect(refused.length).toBeLessThanOrEqual(6);
  // However many attempts there are, people get one message.
  const messages = app.said.filter((line) => line.includes(says));
  expect(messages).toHaveLength(1);
};

describe('What a person must change waits for that change', () => {
  const heals = async (wake: 'event' | 'sweep', obstacle: Obstacle, within: number): Promise<void> => {
    const app = await known(wake);
    await held(app, obstacle);
    const { scope, name } = obstacle.input as { scope: string; name: string };
    await control(app, obstacle.take, { scope, name });
    await app.until('orders serves again', () => serves(app, 'orders'), within);
    await app.pass(A_WHILE);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  };

  it('a lock that the vault and its server inherit is named, and its end wakes the repair at once', () =>
    heals('event', LOCK, 10 * MINUTE));
  repeated('so is a policy, by its assignment', () => heals('event', POLICY, 10 * MINUTE));
  repeated('so is a deny assignment, by what made it', () => heals('event', DENIAL, 10 * MINUTE));
  repeated('without events the next pause ends within the hour', () => heals('sweep', LOCK, HOUR + 10 * MINUTE));
});

describe('Access that a human gave back', () => {
  const givenBack = async (propagationSeconds: number): Promise<App> => {
    const app = await known();
    await takeAndGiveBack(app, () => Object.assign(app.cloud.world.switches, { propagationSeconds }));
    return app;
  };
  const revalidations = (app: App): number => writes(app).filter((line) => REVALIDATION.test(line)).length;

  it('is tried until it is effective, fifty minutes later, and the verdict says so meanwhile', async () => {
    const app = await givenBack(3000);
    await app.pass(20 * MINUTE);
    expect(await said(app)).toContain('which takes minutes, and up to a day, to be effective');
    expect(revalidations(app)).toBe(7);
    await app.until('orders serves again', () => serves(app, 'orders'), HOUR);
    expect(revalidations(app)).toBeLessThanOrEqual(11);
  });

  repeated('is tried every quarter of an hour for a day, where a group made it so late', async () => {
    const app = await givenBack(82_800);
    await app.until('orders serves again', () => serves(app, 'orders'), DAY);
    await app.pass(A_WHILE);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated('is never tried in mode observe', async () => {
    const app = await known('event', 'observe');
    await takeAndGiveBack(app, () => {});
    await app.pass(2 * HOUR);
    expect(revalidations(app)).toBe(0);
    expect(isDown(app, 'orders')).toBe(true);
  });
});
