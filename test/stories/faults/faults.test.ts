import { describe, expect, it } from 'vitest';
import { MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { expireKey, isDown, KEY, ledgerOf, linesOf, orders, serves, single } from '../../builders/incident.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { besideTheIdle, wakeOf, weather } from './faults-story.ts';

const SEEDS = [1, 2, 3];

/** A sample; thirty seeds are in faults.exhaustive.test.ts. */
describe('a repair while Azure answers badly', () => {
  it.each(
    sampled(
      SEEDS.map((seed) => [seed, wakeOf(seed)] as const),
      0,
    ),
  )('is done within 30 minutes, and nothing else: seed %i, woken by %s', async (seed) => {
    const { faults } = await weather(seed);
    expect(faults).toBeGreaterThan(0);
  });
});

describe('the sweep', () => {
  repeated.each(
    sampled(
      [
        ['a vault that does not answer', 'GET https://kv-idle.vault.azure.net/*'],
        ['a server whose keys cannot be listed', 'GET *servers/idle/keys*'],
        ['a kind of servers that cannot be listed', 'GET *flexibleServers*'],
      ],
      1,
    ),
  )('heals what it sees beside %s, and says what it did not see', async (_, route) => {
    const app = await startApp({ world: besideTheIdle([single('orders')]), wake: 'sweep' });
    app.cloud.faults.add({ route, kind: '503', rate: 1 });
    expireKey(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.until('orders serves again', () => serves(app, 'orders'), 15 * MINUTE);
    expect(linesOf(await ledgerOf(app, 'product'))).toContain('recorded');
  });

  it('forgets no server of a key for as long as it cannot see it', async () => {
    const app = await startApp({ world: orders([single('orders'), single('reports')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    app.cloud.faults.add({ route: 'GET *servers/reports/keys*', kind: '503', rate: 1 });
    await app.pass(2 * NEXT_SWEEP);
    app.cloud.faults.clear();
    expireKey(app);
    await app.until('both are down', () => isDown(app, 'orders') && isDown(app, 'reports'), 15 * MINUTE);
    await app.until('both serve again', () => serves(app, 'orders') && serves(app, 'reports'), 30 * MINUTE);
    expect(linesOf(await ledgerOf(app)).filter((line) => line === 'baseline')).toHaveLength(1);
  });
});

describe('a manual start', () => {
  it('that Azure keeps from looking is told to come again', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'doors' });
    app.cloud.faults.add({ route: 'GET *', kind: '429', rate: 1 });
    const start = { method: 'POST', path: '/api/reconciliations', body: { key: KEY } } as const;
    const { headers, body } = await app.door(start, 503);
    expect(headers['retry-after']).toBe('30');
    expect(body).toMatchObject({ error: { code: 'AzureUnavailable' } });
  });
});
