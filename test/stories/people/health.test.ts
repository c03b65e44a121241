import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { control } from '../../builders/control.ts';
import { orders, productRequests, single } from '../../builders/incident.ts';
import { errorCode, join, PEOPLE, signedIn } from '../../builders/people.ts';

const NO_KEY = { 'x-functions-key': '' };

/** A request of a load balancer: without key and token. */
const ask = (app: App, headers: Record<string, string> = {}) =>
  app.call({ method: 'GET', path: '/api/health', headers: { ...NO_KEY, ...headers } });

const status = async (app: App): Promise<number> => (await ask(app)).status;

const details = async (app: App) =>
  (await app.door({ method: 'GET', path: '/api/health/details' }, 200)).body as Record<string, unknown>;

const started = async (): Promise<App> => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: PEOPLE });
  await app.pass(NEXT_SWEEP);
  return app;
};

describe('the health of the product', () => {
  it('is a bare 200 for anybody, and is told in detail to who holds a key or may read', async () => {
    const app = await started();
    const bare = await ask(app);
    expect([bare.status, bare.body]).toEqual([200, undefined]);
    join(app, 'stranger', []);
    const told = {
      status: 'well',
      version: expect.any(String),
      sweep: { began: { ageSeconds: expect.any(Number) }, listed: {}, ended: {} },
      replacedInstances: [],
      keysNotAssessed: { count: 0, keys: [] },
      waitingNotices: { count: 0 },
      waitingEvents: { count: 0 },
      anchors: { begun: true },
    };
    expect((await ask(app, await signedIn(app, 'reader'))).body).toMatchObject(told);
    expect(await details(app)).toMatchObject(told);
    expect(errorCode(await ask(app, await signedIn(app, 'stranger')))).toBe('Forbidden');
    expect((await app.call({ method: 'GET', path: '/api/health/details', headers: NO_KEY })).status).toBe(401);
  });

  it('makes up for sweeps that are missing, once a period however many ask, and is 503 only where none can look', async () => {
    const app = await started();
    await control(app, 'host/stop-timer', { name: '*' });
    await app.pass(HOUR);
    const before = productRequests(app).length;
    expect(await status(app)).toBe(200);
    expect(await details(app)).toMatchObject({ status: 'timersStand', overdueTimers: [{ timer: 'sweep' }] });
    await app.pass(MINUTE);
    const swept = productRequests(app).length - before;
    expect(swept).toBeGreaterThan(0);
    for (let call = 0; call < 10; call++) expect(await status(app)).toBe(200);
    expect(productRequests(app).length - before).toBe(swept);
    // From now on every sweep hangs, with any id.
    await control(app, 'host/hang', { instance: 'sweepEstate*', times: 99 });
    const statuses: number[] = [];
    for (let minute = 0; minute < 45; minute++) {
      await app.pass(MINUTE);
      statuses.push(await status(app));
    }
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 503]);
    expect(await app.call({ method: 'GET', path: '/api/health/details' })).toMatchObject({
      status: 503,
      body: { status: 'blind' },
    });
    await fetch(`${app.cloud.control}/host`, { method: 'DELETE' });
    for (let minute = 0; minute < 30; minute++) {
      await app.pass(MINUTE);
      await status(app);
    }
    expect(await status(app)).toBe(200);
  });
});
