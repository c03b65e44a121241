import { describe, expect, it } from 'vitest';
import type { Switches } from '../../../local/cloud/service.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { ledgerOf, linesOf, orders, REVALIDATION, serves, single, VAULT, writes } from '../../builders/incident.ts';
import { deleteKey, disableKey, enableKey, loseKey, RECOVERY } from '../../builders/key-loss.ts';
import { isThisWay, WAYS, type Way } from '../../builders/ways.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { lastRequest, lookedSince, readsSince } from './probe-story.ts';

const NEIGHBOURS = Array.from({ length: 9 }, (_, n) => `cmk-${n}`);

/** The key of one server, and nine more of others in the same vault. */
const sharedVault = (): WorldPlan => {
  const { vaults = [], servers = [] } = orders([single('orders')]);
  return {
    vaults: vaults.map((vault) => ({
      ...vault,
      keys: [...(vault.keys ?? []), ...NEIGHBOURS.map((name) => ({ name }))],
    })),
    servers: [
      ...servers,
      ...NEIGHBOURS.map((key) => ({ name: `on-${key}`, generation: 'flexible' as const, vault: VAULT, key })),
    ],
  };
};

/** One sweep in the first minutes of the day, then nothing but the probe, which has read every key since then. */
const probing = async (look: Way, switches: Partial<Switches> = {}): Promise<App> => {
  const app = await startApp({ world: sharedVault(), wake: 'probe', settings: { GUARDIAN_LOOK: look }, switches });
  await app.pass(5 * MINUTE);
  const before = lastRequest(app);
  await app.pass(MINUTE);
  expect([look, isThisWay(look, lookedSince(app, before))]).toEqual([look, true]);
  return app;
};

const openedAfter = async (app: App, lostAt: number): Promise<number> => {
  const { entries } = await ledgerOf(app);
  return (Date.parse(entries.findLast(({ kind }) => kind === 'opened')?.at ?? '') - lostAt) / SECOND;
};

const KEYS = NEIGHBOURS.length + 1;

/** Beside lists a key is read at most once: each has a minute of the hour in which it is read itself. */
const COSTS = [
  ['single', { pages: 0, listsOfManager: 0, least: 5 * KEYS, most: 5 * KEYS }],
  ['dataPlaneList', { pages: 5, listsOfManager: 0, least: 0, most: KEYS }],
  ['resourceManagerList', { pages: 0, listsOfManager: 5, least: 0, most: KEYS }],
  ['auto', { pages: 0, listsOfManager: 5, least: 0, most: KEYS }],
] as const;

/** Requests while nothing changes: what the way costs, and where the vault is. */
const MOST_IN_TEN_MINUTES = {
  single: 10 * KEYS + 1,
  dataPlaneList: 10 + KEYS + 1,
  resourceManagerList: 10 + KEYS + 1,
  auto: 10 + KEYS + 1,
};

describe('the probe, looking at a vault that ten servers share', () => {
  it.each(sampled(COSTS, 1))(
    'with %s costs in five minutes what that takes',
    async (look, { least, most, ...asked }) => {
      const app = await probing(look);
      await app.pass(MINUTE);
      const entries = linesOf(await ledgerOf(app));
      const before = lastRequest(app);
      await app.pass(5 * MINUTE);
      const { otherOfManager: _located, reads, ...lists } = lookedSince(app, before);
      expect(lists).toEqual(asked);
      expect(reads).toBeGreaterThanOrEqual(least);
      expect(reads).toBeLessThanOrEqual(most);
      expect(linesOf(await ledgerOf(app))).toEqual(entries);
    },
  );

  it.each(sampled(WAYS, 3))('with %s finds a deleted key before its server is down, and recovers it', async (look) => {
    const app = await probing(look);
    await app.pass(20 * SECOND);
    deleteKey(app);
    const until = () => writes(app).some((write) => RECOVERY.test(write));
    await app.until('the key is recovered', until, 2 * MINUTE);
    await app.pass(30 * MINUTE);
    expect(serves(app, 'orders')).toBe(true);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated.each(WAYS)(
    'with %s finds a disabled key within a minute, wakes it once, and sees it put right',
    async (look) => {
      const app = await probing(look);
      let lostAt = Number.NaN;
      const lose = (of: App): void => {
        lostAt = of.clock.now();
        disableKey(of);
      };
      await loseKey(app, lose, 'orders');
      expect(await openedAfter(app, lostAt)).toBeLessThanOrEqual(60);
      await app.pass(30 * MINUTE);
      expect(linesOf(await ledgerOf(app)).filter((line) => line === 'asked')).toHaveLength(1);
      const before = lastRequest(app);
      await app.pass(10 * MINUTE);
      expect(readsSince(app, before).length).toBeLessThanOrEqual(MOST_IN_TEN_MINUTES[look]);
      enableKey(app);
      await app.until('orders serves again', () => serves(app, 'orders'), 4 * MINUTE);
      await app.pass(5 * MINUTE);
      expect(writes(app)).toEqual([expect.stringMatching(REVALIDATION)]);
      expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
    },
  );

  repeated.each([
    ['single', 0],
    ['dataPlaneList', 300],
    ['resourceManagerList', 300],
    ['auto', 300],
  ] as const)(
    'with %s finds a loss that lists show five minutes late after %i seconds more, and believes no list that a key is ill again',
    async (look, lagSeconds) => {
      const app = await probing(look, { keyListStaleSeconds: 300 });
      const lostAt = app.clock.now();
      deleteKey(app);
      await app.until('the key is recovered', () => writes(app).some((write) => RECOVERY.test(write)), 10 * MINUTE);
      expect(await openedAfter(app, lostAt)).toBeLessThanOrEqual(60 + lagSeconds);
      await app.pass(30 * MINUTE);
      const lines = linesOf(await ledgerOf(app));
      expect([lines.filter((line) => line === 'opened').length, lines.at(-1)]).toEqual([1, 'closed']);
    },
  );
});
