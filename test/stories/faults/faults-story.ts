/** One repair while Azure answers badly: every request of the product may be throttled, fail or lose its connection. */
import { expect } from 'vitest';
import type { Fault } from '../../../local/cloud/faults.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, DAY, MINUTE, startApp, type Wake } from '../../builders/app.ts';
import {
  expireKey,
  expiryOf,
  flexible,
  happenedAt,
  isDown,
  KEY,
  keyVersion,
  ledgerOf,
  linesOf,
  orders,
  SINGLE,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';

/** 10 % each: throttled, half of it without Retry-After; 503; connections reset, half of them after the effect. */
export const FAULTS: readonly Fault[] = [
  { route: '*', kind: '429', rate: 0.05 },
  { route: '*', kind: '429', rate: 0.05, retryAfter: 10 },
  { route: '*', kind: '503', rate: 0.1 },
  { route: '*', kind: 'reset', rate: 0.05 },
  { route: '*', kind: 'reset-after', rate: 0.05 },
];

const WAKES: readonly Wake[] = ['sweep', 'event', 'doors'];
export const wakeOf = (seed: number): Wake => WAKES[seed % WAKES.length] ?? 'sweep';

/** These servers of the key, and one with a vault of its own, which no repair may touch. */
export const besideTheIdle = (ofTheKey: WorldPlan['servers']): WorldPlan => {
  const { vaults = [], servers = [] } = orders(ofTheKey);
  return {
    vaults: [...vaults, { ...vaults[0], name: 'kv-idle', permissions: 'roles' as const, keys: [{ name: 'idle' }] }],
    servers: [...servers, { name: 'idle', generation: 'single' as const, vault: 'kv-idle', key: 'idle' }],
  };
};

/** The whole state of the world except its events and the servers' own state. */
const stateOf = ({ cloud }: App): string => {
  // Azure's own logs are no state that a repair could damage.
  const logs = ['event-grid', 'activity-log', 'resource-health'];
  const services = cloud.azure.services.filter(({ name }) => !logs.includes(name));
  const own = ['accepting', 'condition', 'history', 'loss', 'since'];
  return JSON.stringify(
    services.map((service) => [service.name, service.snapshot()]),
    (name, value: unknown) => (own.includes(name) ? undefined : value),
  );
};

const start = { method: 'POST', path: '/api/reconciliations', body: { key: KEY } } as const;

/** Sends as any client does: it sends again where the answer demands it. */
const startOverHttp = async (app: App): Promise<void> => {
  for (;;) {
    const { status, headers } = await app.call(start);
    if (status === 202) return;
    expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 503, retryAfter: expect.any(String) });
    await app.pass(Number(headers['retry-after']) * 1_000);
  }
};

export type Weathered = {
  /** Virtual minutes from the first refused connection until the server was ready. */
  readonly minutes: number;
  readonly requests: number;
  readonly faults: number;
};

const since = (app: App, kind: string): number => happenedAt(app, 'orders', kind) ?? Number.NaN;
const iso = (instant: number): string => new Date(instant).toISOString();

/** Heals under faults, or fails: within 30 minutes, by the two planned writes alone, and nothing else is changed. */
export const weather = async (seed: number): Promise<Weathered> => {
  const wake = wakeOf(seed);
  const app = await startApp({
    world: besideTheIdle([single('orders'), flexible('web')]),
    wake,
    seed,
    switches: { eventDelaySeconds: 120 },
  });
  for (const fault of FAULTS) app.cloud.faults.add(fault);
  await app.pass(6 * MINUTE);
  expireKey(app);
  const [before, lostExpiry] = [stateOf(app), expiryOf(app)];
  await app.until(`seed ${seed}: orders is down`, () => isDown(app, 'orders'), 15 * MINUTE);
  if (wake === 'doors') await startOverHttp(app);
  await app.until(`seed ${seed}: orders serves again`, () => serves(app, 'orders'), 30 * MINUTE);
  await app.pass(20 * MINUTE);

  const { kid, version } = keyVersion(app);
  const extension = `PATCH ${new URL(kid).pathname}`;
  const revalidation = `PUT ${SINGLE}/keys/${VAULT}_cmk_${version}`;
  expect(new Set(writes(app))).toEqual(new Set([extension, revalidation]));
  expect(expiryOf(app)).toBeGreaterThan(app.clock.now() + 300 * DAY);
  expect(stateOf(app)).toBe(before.replaceAll(iso(lostExpiry), iso(expiryOf(app))));
  expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  const requests = app.cloud.requests.list();
  await app.close();
  return {
    minutes: (since(app, 'ready') - since(app, 'refused')) / MINUTE,
    requests: requests.length,
    faults: requests.filter(({ fault }) => fault !== undefined).length,
  };
};
