import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, DAY, MINUTE, NEXT_SWEEP, SECOND, startApp } from '../../builders/app.ts';
import { orders, single, writes } from '../../builders/incident.ts';
import { productObjectId } from '../../builders/key-loss.ts';
import {
  addShop,
  addSubscription,
  LANDING_SCOPE,
  letReadBelow,
  letRepair,
  subscriptionOf,
} from '../../builders/landing-zones.ts';
import { type Looked, lookedBy, WAYS, type Way, withNeighbours } from '../../builders/ways.ts';
import { printTable } from '../print-table.ts';
import { lastRequest, readsSince } from './probe-story.ts';

const SHOPS = ['well', 'refused', 'disabled', 'throttled'];
const idOf = (name: string): string => `/subscriptions/${subscriptionOf(name)}`;
/** The longest time that a read waits, in seconds: what asks for more is left to the next sweep. */
const RETRY_AFTER = 30;
/** Time enough for probes and sweeps beside those that are ill. */
const MINUTES = 19;
/** In the vault of a shop: the key of its server, and two more. */
const KEYS = 3;

/** All subscriptions and an empty one, swept and probed once by three workers. */
const estate = async (way: Way): Promise<App> => {
  const app = await startApp({
    world: withNeighbours(orders([single('orders')])),
    wake: 'sweep',
    workers: 3,
    settings: {
      GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}`,
      GUARDIAN_PROBE_SCHEDULE: '0 * * * * *',
      GUARDIAN_LOOK: way,
    },
  });
  letReadBelow(app);
  for (const name of SHOPS) letRepair(app, addShop(app, name, withNeighbours));
  addSubscription(app, 'empty');
  await app.pass(2 * NEXT_SWEEP);
  return app;
};

const makeIll = ({ cloud: { faults, world } }: App): void => {
  Object.assign(world.subscriptions.get(subscriptionOf('disabled')) ?? {}, { disabled: true });
  faults.add({ route: `* https://management.azure.com${idOf('refused')}*`, kind: '403', rate: 1 });
  for (const host of [`management.azure.com${idOf('throttled')}`, 'kv-throttled.vault.azure.net'])
    faults.add({ route: `* https://${host}*`, kind: '429', rate: 1, retryAfter: RETRY_AFTER });
};

/** The longest time between two requests of this kind since `since`, in seconds, to the end as well. */
const longestGap = (app: App, since: number, isOne: (url: string) => boolean): number => {
  const instants = app.cloud.requests
    .list({ caller: productObjectId(app) })
    .filter(({ at, url }) => Date.parse(at) >= since && isOne(url))
    .map(({ at }) => Date.parse(at));
  const all = [since, ...instants, app.clock.now()];
  return Math.max(...all.slice(1).map((at, n) => (at - (all[n] ?? 0)) / SECOND));
};

/** A read of the key, or a list of its vault. */
const isProbe = (url: string): boolean =>
  /^https:\/\/kv-well\.vault\.azure\.net\/keys(?:\/cmk\/|\?)|\/vaults\/kv-well\/keys\?/.test(url);

const lookedAtWell = (app: App, since: number): Looked =>
  lookedBy(
    readsSince(app, since)
      .map(({ url }) => url)
      .filter((url) => url.includes('kv-well')),
  );

/** Lists stand for most of the reads. Each worker has to read every key once, and once more where it may not list yet. */
const isMostly = (way: Way, { listsOfManager, pages, reads }: Looked): boolean => {
  const lists = pages + listsOfManager;
  const all = MINUTES * KEYS;
  return way === 'single' ? lists === 0 && reads >= all : lists > MINUTES / 2 && reads < all / 2;
};

const isList = (url: string): boolean =>
  url.startsWith(`https://management.azure.com${idOf('well')}/providers/Microsoft.DBforMySQL/servers?`);

const expire = ({ cloud, clock }: App, shop: string): void => {
  const { keyVault } = cloud.world;
  const version = keyVault.key(`kv-${shop}`, 'cmk')?.versions.at(-1)?.version ?? '';
  keyVault.letExpire(`kv-${shop}`, 'cmk', version, Math.floor((clock.now() - DAY) / 1_000));
};

/** The verdict on the key of each of these shops. */
const verdictsOf = async (app: App, shops: readonly string[]): Promise<readonly (string | undefined)[]> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
  const { value } = body as { value: readonly { readonly key: string; readonly verdict: string }[] };
  return shops.map((shop) => value.find(({ key }) => key.includes(`kv-${shop}.`))?.verdict);
};

describe('subscriptions that are throttled for twenty minutes, disabled, empty or refused', () => {
  it.each(WAYS)(
    'delay no probe and no sweep of another, and none of its repairs, and are themselves left as they are (%s)',
    async (way) => {
      const app = await estate(way);
      makeIll(app);
      const since = app.clock.now();
      const before = lastRequest(app);
      await app.pass(MINUTES * MINUTE);
      expect([way, isMostly(way, lookedAtWell(app, before))]).toEqual([way, true]);
      const gaps = [longestGap(app, since, isProbe), longestGap(app, since, isList)];
      expire(app, 'well');
      const lostAt = app.clock.now();
      const isExtended = (): boolean => writes(app).some((write) => /^PATCH \/keys\/cmk\//.test(write));
      await app.until('its key is extended', isExtended, 3 * MINUTE);
      const healed = (app.clock.now() - lostAt) / SECOND;
      printTable(
        ['beside four that are ill', 'longest without a probe', 'longest without a sweep', 'healed after'],
        [['the well one', ...[...gaps, healed].map((seconds) => `${seconds} s`)]],
      );
      expect.soft(gaps[0]).toBeLessThanOrEqual(70);
      expect.soft(gaps[1]).toBeLessThanOrEqual(330);
      expect.soft(healed).toBeLessThanOrEqual(75);
      // The product draws no new conclusion about a subscription without an answer, and it informs people.
      expect
        .soft(await verdictsOf(app, ['refused', 'disabled', 'throttled']))
        .toEqual(['unseen', 'healthy', 'healthy']);
      expect
        .soft(app.said.some((line) => /kv-throttled\S+ could not be read: .*TooManyRequests/.test(line)))
        .toBe(true);
      expect.soft(writes(app).filter((write) => !/^PATCH \/keys\/cmk\//.test(write))).toEqual([]);
      expect(app.said.filter((line) => line.includes('worker process ended'))).toEqual([]);
    },
  );
});
