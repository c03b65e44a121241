import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../../local/cloud/request-log.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { VAULT } from '../../builders/incident.ts';
import { isThisWay, type Way } from '../../builders/ways.ts';
import { lastRequest, lookedSince, looksAt, readsSince } from './probe-story.ts';

const names = Array.from({ length: 240 }, (_, at) => `cmk-${at}`);

const WORLD: WorldPlan = {
  vaults: [
    { name: VAULT, permissions: 'accessPolicies', keys: names.map((name) => ({ name, type: 'RSA-HSM', size: 3072 })) },
  ],
  servers: names.map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: VAULT, key })),
};

/** Seven hundredths of 500 reads in ten seconds: 69 s for 240 keys, and in turns of five seconds 70. */
const SHARE = '10';
/** Where keys happen to come together, three quarters of the share. */
const MOST_IN_TEN_SECONDS = 37;

/** The first sweep, which takes each key to be of the most costly, is over. */
const probing = async (way: Way): Promise<App> => {
  const settings = { GUARDIAN_QUOTA_SHARE: SHARE, GUARDIAN_LOOK: way };
  const app = await startApp({ world: WORLD, wake: 'probe', settings });
  await app.pass(25 * MINUTE);
  return app;
};

const secondsBetween = (instants: readonly number[]): readonly number[] =>
  instants.slice(1).map((at, before) => (at - (instants[before] ?? 0)) / SECOND);

const readsOfKeys = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter(({ url }) => url.startsWith(`https://${VAULT}.vault.azure.net/keys/`));

/** The most of these within any ten seconds. */
const busiest = (requests: readonly LoggedRequest[]): number => {
  const instants = requests.map(({ at }) => Date.parse(at));
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + 10 * SECOND).length));
};

const changeAll = ({ cloud }: App): void => {
  for (const name of names) cloud.world.keyVault.setAttributes(VAULT, name, undefined, { tags: { now: 'changed' } });
};

describe('the probe of keys of which its share of a quota has not enough reads for one minute', () => {
  it('with single goes on at once', async () => {
    const app = await probing('single');
    const before = lastRequest(app);
    await app.pass(10 * MINUTE);
    const looks = looksAt(WORLD, readsSince(app, before));
    const gaps = [...looks.values()].flatMap(secondsBetween);
    expect(looks.size).toBe(240);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(75);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(69);
  });

  /** A list is not of the quota of its keys: they come short only where each of them has to be read itself. */
  it.each(['dataPlaneList', 'resourceManagerList', 'auto'] as const)(
    'with %s sees each of them once a minute, and reads all within three minutes and that share where all are changed at once',
    async (way) => {
      const app = await probing(way);
      const before = lastRequest(app);
      await app.pass(3 * MINUTE);
      const looks = looksAt(WORLD, readsSince(app, before));
      for (const one of looks.values()) expect(secondsBetween(one)).toEqual([60, 60]);
      expect(readsOfKeys(readsSince(app, before)).length).toBeLessThan(240 / 4);
      await app.pass(20 * SECOND);
      changeAll(app);
      const changedAt = lastRequest(app);
      await app.pass(3 * MINUTE);
      const reads = readsOfKeys(readsSince(app, changedAt));
      expect(new Set(reads.map(({ url }) => new URL(url).pathname.split('/')[2])).size).toBe(240);
      expect(busiest(reads)).toBeLessThanOrEqual(MOST_IN_TEN_SECONDS);
      await app.pass(2 * MINUTE);
      const quiet = lastRequest(app);
      await app.pass(MINUTE);
      expect([way, isThisWay(way, lookedSince(app, quiet))]).toEqual([way, true]);
    },
  );
});
