import { describe, expect, it } from '@jest/globals';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { type App, HOUR, MINUTE, SECOND, startApp } from '../builders/app.ts';
import { ledgerOf, linesOf, orders, REVALIDATION, serves, single, VAULT, writes } from '../builders/incident.ts';
import { deleteKey, disableKey, enableKey, estate, loseKey, productObjectId, RECOVERY } from '../builders/key-loss.ts';
import { statusOf } from '../builders/people.ts';
import { printTable } from './print-table.ts';

/** One sweep in the first minutes of the day, then nothing but the probe. */
const probing = async (settings: Record<string, string> = {}): Promise<App> => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'probe', settings });
  await app.pass(3 * MINUTE);
  return app;
};

/** `METHOD host/path` of what the product asked of Azure since the n-th request. */
const requestsSince = ({ cloud }: App, objectId: string, since: number): readonly string[] =>
  cloud.requests
    .list({ caller: objectId, since })
    .map(({ method, url }) => `${method} ${new URL(url).host}${new URL(url).pathname}`);

const ROUNDS = 20;

const lastRequest = ({ cloud }: App): number => cloud.requests.list().at(-1)?.n ?? 0;

describe('the probe', () => {
  it('costs a healthy key one read of its pinned version a minute, and no durable instance of its own', async () => {
    const app = await probing();
    await app.pass(MINUTE);
    const entries = linesOf(await ledgerOf(app));
    const before = lastRequest(app);
    await app.pass(5 * MINUTE);
    const asked = requestsSince(app, productObjectId(app), before);
    expect(asked).toHaveLength(5);
    expect(new Set(asked)).toEqual(new Set([expect.stringMatching(`^GET ${VAULT}.vault.azure.net/keys/cmk/`)]));
    expect(linesOf(await ledgerOf(app))).toEqual(entries);
  });

  it('finds a deleted key before its server is down, and recovers it', async () => {
    const app = await probing();
    await app.pass(20 * SECOND);
    deleteKey(app);
    const until = () => writes(app).some((write) => RECOVERY.test(write));
    await app.until('the key is recovered', until, 2 * MINUTE);
    await app.pass(HOUR);
    expect(serves(app, 'orders')).toBe(true);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  it('wakes a key once for as long as nothing changes, and again when somebody has put it right', async () => {
    const app = await probing();
    await loseKey(app, disableKey, 'orders');
    await app.pass(HOUR);
    const asked = linesOf(await ledgerOf(app));
    expect(asked.filter((line) => line === 'asked')).toHaveLength(1);
    const instances = requestsSince(app, productObjectId(app), 0).length;
    await app.pass(10 * MINUTE);
    expect(requestsSince(app, productObjectId(app), 0).length - instances).toBeLessThanOrEqual(10 + 1);

    enableKey(app);
    await app.until('orders serves again', () => serves(app, 'orders'), 4 * MINUTE);
    await app.pass(5 * MINUTE);
    expect(writes(app)).toEqual([expect.stringMatching(REVALIDATION)]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  it('takes nothing for lost that it may not read', async () => {
    const app = await probing();
    app.cloud.faults.add({ route: `GET https://${VAULT}.vault.azure.net/*`, kind: '429', rate: 1, retryAfter: 300 });
    await app.pass(HOUR);
    expect((await statusOf(app)).decision.findings).toEqual([]);
    expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
  });

  it('leaves a vault alone that throttles it, until it says so', async () => {
    const app = await probing();
    const fault = { route: `GET https://${VAULT}.vault.azure.net/*`, kind: '429', rate: 1, retryAfter: 300 } as const;
    app.cloud.faults.add(fault);
    const before = lastRequest(app);
    await app.pass(HOUR);
    const reads = requestsSince(app, productObjectId(app), before).filter((line) => line.includes('/keys/'));
    expect(reads.length).toBeGreaterThan(6);
    expect(reads.length).toBeLessThanOrEqual(HOUR / (5 * MINUTE) + 1);
  });

  it('reads a big estate in parts, spread over the minute, and every key of it once a minute', async () => {
    const app = await startApp({ world: estate(210), wake: 'probe' });
    await app.pass(4 * MINUTE);
    const before = lastRequest(app);
    await app.pass(2 * MINUTE);
    const reads = app.cloud.requests.list({ caller: productObjectId(app), since: before });
    const byKey = Map.groupBy(reads, ({ url }) => url);
    expect(byKey.size).toBe(210);
    for (const [first, second, ...more] of byKey.values()) {
      expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBe(MINUTE);
      expect(more).toEqual([]);
    }
    const bySecond = Map.groupBy(reads, ({ at }) => new Date(at).getUTCSeconds());
    expect([...bySecond.keys()].sort((a, b) => a - b)).toEqual([0, 30]);
    for (const { length } of bySecond.values()) expect(length).toBeLessThan(2 * 200);
  });

  it('goes on at once where its share of a quota is too small for one minute', async () => {
    const names = Array.from({ length: 240 }, (_, at) => `cmk-${at}`);
    const world: WorldPlan = {
      vaults: [{ name: VAULT, permissions: 'accessPolicies', keys: names.map((name) => ({ name })) }],
      servers: names.map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: VAULT, key })),
    };
    // Four fifths of one percent of 4,000 reads in ten seconds: 75 s for 240 keys.
    const app = await startApp({ world, wake: 'probe', settings: { GUARDIAN_QUOTA_SHARE: '1' } });
    await app.pass(10 * MINUTE);
    const before = lastRequest(app);
    await app.pass(10 * MINUTE);
    const reads = app.cloud.requests.list({ caller: productObjectId(app), since: before });
    const ofKeys = reads.filter(({ url }) => url.includes('/keys/'));
    const byKey = [...Map.groupBy(ofKeys, ({ url }) => url).values()].map((own) => own.map(({ at }) => Date.parse(at)));
    const gaps = byKey.flatMap((times) => times.slice(1).map((at, before) => at - (times[before] ?? 0)));
    expect(byKey).toHaveLength(240);
    expect(Math.max(...gaps) / SECOND).toBeLessThanOrEqual(80);
    expect(Math.min(...gaps) / SECOND).toBeGreaterThanOrEqual(75);
  });

  it('finds what Key Vault tells nobody within a minute 95 times of 100, wherever in the minute it happens', async () => {
    const settings = { GUARDIAN_FUSE_ROOT_CAUSES: '9999' };
    const app = await startApp({ world: estate(ROUNDS), wake: 'probe', settings });
    await app.pass(3 * MINUTE);
    const delays: number[] = [];
    for (const [round, { name }] of app.cloud.world.keyVault.vaults().entries()) {
      await app.clock.advanceTo(app.startedAt + (round + 1) * 5 * MINUTE + (round * MINUTE) / ROUNDS + 500);
      const lostAt = app.clock.now();
      app.cloud.world.keyVault.deleteKey(name, 'cmk');
      await app.pass(3 * MINUTE);
      const { entries } = await ledgerOf(app, `https://${name}.vault.azure.net/keys/cmk`);
      delays.push((Date.parse(entries.findLast(({ kind }) => kind === 'opened')?.at ?? '') - lostAt) / SECOND);
    }
    const share = (part: number): number =>
      delays.toSorted((a, b) => a - b)[Math.ceil(ROUNDS * part) - 1] ?? Number.NaN;
    const row = [`${ROUNDS}`, ...[0.5, 0.95, 1].map((part) => `${share(part)} s`)];
    printTable(['keys deleted, found by the probe', 'p50', 'p95', 'at worst'], [row]);
    expect(Math.min(...delays)).toBeGreaterThan(0);
    expect(share(0.95)).toBeLessThanOrEqual(60);
    expect(writes(app)).toEqual(Array(ROUNDS).fill(expect.stringMatching(RECOVERY)));
  });
});
