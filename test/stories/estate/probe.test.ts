import { describe, expect, it } from 'vitest';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { ledgerOf, linesOf, orders, serves, single, VAULT, writes } from '../../builders/incident.ts';
import { deleteKey, productObjectId, RECOVERY } from '../../builders/key-loss.ts';
import { statusOf } from '../../builders/people.ts';
import { WAYS, type Way } from '../../builders/ways.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { findDeletedKeys, lastRequest, lookedSince, probingBy } from './probe-story.ts';

const HALF_AN_HOUR = 30 * MINUTE;

/** One sweep in the first minutes of the day, then nothing but the probe. */
const probing = async (): Promise<App> => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'probe' });
  await app.pass(3 * MINUTE);
  return app;
};

/** `METHOD host/path` of the product's requests to Azure since the n-th request. */
const requestsSince = ({ cloud }: App, objectId: string, since: number): readonly string[] =>
  cloud.requests
    .list({ caller: objectId, since })
    .map(({ method, url }) => `${method} ${new URL(url).host}${new URL(url).pathname}`);

/** In the vault of the story: the key of its server, and two more. */
const KEYS = 3;
const ASKS_FOR_MS = 5 * MINUTE;

/** The vault, and the list of its keys by Resource Manager, ask to be left alone for five minutes, each time. */
const throttled = async (way: Way): Promise<App> => {
  const app = await probingBy(way, { world: orders([single('orders')]) });
  const routes = [`https://${VAULT}.vault.azure.net/*`, `https://management.azure.com/*/${VAULT}/keys`];
  for (const route of routes)
    app.cloud.faults.add({ route: `GET ${route}`, kind: '429', rate: 1, retryAfter: ASKS_FOR_MS / SECOND });
  return app;
};

/**
 * Stories that need an estate of hundreds of keys are in probe.exhaustive.test.ts, and those of a vault with many keys in use in
 * probe-by-lists.test.ts.
 */
describe('the probe', () => {
  /** By reads alone: no list is worth its call for one key. What each way costs where it is: probe-by-lists.test.ts. */
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

  it.each(sampled(WAYS, 0))('with %s finds a deleted key before its server is down, and recovers it', async (way) => {
    const app = await probingBy(way, { world: orders([single('orders')]) });
    await app.pass(20 * SECOND);
    deleteKey(app);
    const until = () => writes(app).some((write) => RECOVERY.test(write));
    await app.until('the key is recovered', until, 2 * MINUTE);
    await app.pass(HALF_AN_HOUR);
    expect(serves(app, 'orders')).toBe(true);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated.each(WAYS)('with %s takes nothing for lost that it may not read', async (way) => {
    const app = await throttled(way);
    await app.pass(HALF_AN_HOUR);
    expect((await statusOf(app)).decision.findings).toEqual([]);
    expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
  });

  repeated.each(WAYS)('with %s leaves a vault alone that throttles it, until it says so', async (way) => {
    const app = await throttled(way);
    const before = lastRequest(app);
    await app.pass(HALF_AN_HOUR);
    const { listsOfManager, pages, reads } = lookedSince(app, before);
    const tries = HALF_AN_HOUR / ASKS_FOR_MS + 1;
    expect(reads).toBeGreaterThan(3);
    expect(reads).toBeLessThanOrEqual(tries * KEYS);
    expect(pages + listsOfManager).toBeLessThanOrEqual(way === 'auto' ? 2 * tries : tries);
  });

  repeated.each(WAYS)(
    'with %s finds what Key Vault tells nobody within a minute, wherever in the minute it happens',
    async (way) => {
      await findDeletedKeys(4, way);
    },
  );
});
