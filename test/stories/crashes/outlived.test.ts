import { describe, expect, it } from 'vitest';
import { A_WHILE, type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { control } from '../../builders/control.ts';
import { expireKey, isDown, ledgerOf, orders, ordersServes, serves, single, writes } from '../../builders/incident.ts';
import { INSTANCE, statusOf } from '../../builders/people.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

/** A sweep every five minutes, and all else once a year. */
const started = (): Promise<App> => startApp({ world: orders([single('orders')]), wake: 'sweep' });

const suspend = async (app: App, instance: string): Promise<unknown> =>
  app.door({ method: 'POST', path: `/runtime/webhooks/durabletask/instances/${instance}/suspend?reason=test` }, 202);

/** The ways in which an instance outlives its time, with the next start of its kind. */
const MISHAPS: readonly (readonly [string, (app: App, instance: string) => Promise<unknown>])[] = [
  ['is never given a turn again (Running)', (app, instance) => control(app, 'host/hang', { instance, afterTurns: 1 })],
  ['is never given a turn (Pending)', (app, instance) => control(app, 'host/hang', { instance })],
  ['was never started (Pending)', (app, instance) => control(app, 'host/lose', { instance, message: 'start' })],
  ['has lost the answer of an activity', (app, instance) => control(app, 'host/lose', { instance, message: 'result' })],
];

const entriesOf = async (app: App, what: string): Promise<readonly unknown[]> =>
  (await ledgerOf(app, 'product')).entries
    .map(({ detail }) => detail as { readonly what?: string; readonly detail?: unknown })
    .flatMap((one) => (one.what === what ? [one.detail] : []));

const deliver = (app: App): Promise<unknown> =>
  app.door(
    {
      method: 'POST',
      path: '/runtime/webhooks/eventgrid?functionName=on-resource-event',
      headers: { 'aeg-event-type': 'Notification' },
      body: [{ id: '1', subject: 'x', eventType: 'Contoso.Nothing', eventTime: '2026-03-02T00:00:00Z', data: {} }],
    },
    202,
  );

/** Calls and events that have nothing to do with a sweep. */
const CALLERS: readonly (readonly [string, (app: App) => Promise<unknown>])[] = [
  ['a call of a door', (app) => app.door({ method: 'GET', path: '/api/overrides' }, 200)],
  ['an event that is about nothing', deliver],
  ['a person who asks for a sweep', (app) => app.door({ method: 'POST', path: '/api/sweeps' }, 202)],
];

const replacedIn = async (app: App): Promise<readonly unknown[]> =>
  ((await entriesOf(app, 'instance replaced')) as readonly { readonly instance: string }[]).map(
    ({ instance }) => instance,
  );

describe('a product whose timers have stopped', () => {
  it.each(sampled(CALLERS, 0))('sweeps by %s, says so once, and heals', async (_who, come) => {
    const app = await started();
    await app.pass(NEXT_SWEEP);
    await control(app, 'host/stop-timer', { name: '*' });
    expireKey(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    await come(app);
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(20 * MINUTE);
    const sweeps = () => app.said.filter((line) => line.includes('The sweep has not come since')).length;
    for (let call = 0; call < 5; call++) await app.door({ method: 'GET', path: '/api/overrides' }, 200);
    const begun = sweeps();
    for (let call = 0; call < 5; call++) await app.door({ method: 'GET', path: '/api/overrides' }, 200);
    expect(sweeps()).toBe(begun);
    const timer = expect.objectContaining({ timer: 'sweep' });
    expect(await entriesOf(app, 'timer made up for')).toEqual([timer]);
  });
});

describe('an instance that outlives its time', () => {
  it.each(sampled(MISHAPS, 0))(
    'and is the sweep is replaced, is entered, and makes nobody blind: it %s',
    async (_how, befall) => {
      const app = await started();
      await app.pass(NEXT_SWEEP);
      await befall(app, 'sweepEstate');
      await app.pass(NEXT_SWEEP);
      expireKey(app);
      await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
      await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
      expect(await replacedIn(app)).toEqual(['sweepEstate']);
      // The instance in its place goes on like any other.
      await app.pass(HOUR);
      expect(await replacedIn(app)).toHaveLength(1);
      expect(await statusOf(app)).toMatchObject({ verdict: 'healthy', runtimeStatus: 'Completed' });
    },
  );

  it.each(sampled(MISHAPS, 1))(
    'and is that of a key is replaced by the next sweep after its time: it %s',
    async (_how, befall) => {
      const app = await started();
      await app.pass(NEXT_SWEEP);
      await befall(app, INSTANCE);
      expireKey(app);
      await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
      await app.until('orders serves again', () => serves(app, 'orders'), 90 * MINUTE);
      await app.pass(NEXT_SWEEP);
      expect(await replacedIn(app)).toEqual([INSTANCE]);
      expect(await statusOf(app)).toMatchObject({ verdict: 'healthy', runtimeStatus: 'Completed' });
      const sent = writes(app).length;
      await app.pass(2 * HOUR);
      expect(writes(app)).toHaveLength(sent);
    },
  );

  repeated('because somebody has suspended it, is replaced as well', async () => {
    const app = await started();
    await control(app, 'host/lose', { instance: 'sweepEstate', message: 'result' });
    await app.pass(NEXT_SWEEP);
    await suspend(app, 'sweepEstate');
    expireKey(app);
    await app.pass(15 * MINUTE);
    await ordersServes(app);
    expect(await replacedIn(app)).toEqual(['sweepEstate']);
  });
});
