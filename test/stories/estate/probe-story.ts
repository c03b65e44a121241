/** The probe on estates: how it spreads its reads, and how soon it finds what is lost. */
import { expect } from 'vitest';
import type { LoggedRequest } from '../../../local/cloud/request-log.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { ledgerOf, writes } from '../../builders/incident.ts';
import { estate, productObjectId, RECOVERY } from '../../builders/key-loss.ts';
import type { AppPlan } from '../../builders/open-app.ts';
import { isThisWay, type Looked, lookedBy, type Way, withNeighbours } from '../../builders/ways.ts';
import { printTable } from '../print-table.ts';

export const lastRequest = ({ cloud }: App): number => cloud.requests.list().at(-1)?.n ?? 0;

/** Every request of the product since the n-th. */
export const readsSince = (app: App, since: number) => app.cloud.requests.list({ caller: productObjectId(app), since });

export const lookedSince = (app: App, since: number): Looked => lookedBy(readsSince(app, since).map(({ url }) => url));

/** The vault that this URL is of, and the key where it is of one alone. */
const seenBy = (url: string): { readonly vault?: string; readonly key?: string } => {
  const { host, pathname } = new URL(url);
  const [ofVault, ofManager] = [/^\/keys(?:\/([^/]+))?/.exec(pathname), /\/vaults\/([^/]+)\/keys$/.exec(pathname)];
  if (ofManager?.[1] !== undefined) return { vault: ofManager[1] };
  return ofVault ? { vault: host.split('.')[0] ?? '', ...(ofVault[1] !== undefined && { key: ofVault[1] }) } : {};
};

/**
 * When these requests have looked at each key of this world, by `vault/key`: by a read of it, or by a list of its vault. Ms since
 * 1970, in their order, each instant once.
 */
export const looksAt = (
  { vaults = [] }: WorldPlan,
  requests: readonly LoggedRequest[],
): ReadonlyMap<string, readonly number[]> => {
  const byVault = Map.groupBy(
    requests.map(({ at, url }) => ({ at: Date.parse(at), ...seenBy(url) })),
    ({ vault }) => vault,
  );
  return new Map(
    vaults.flatMap(({ name: vault, keys }) =>
      keys.map(({ name }) => {
        const looks = (byVault.get(vault) ?? []).filter(({ key = name }) => key === name);
        return [`${vault}/${name}`, [...new Set(looks.map(({ at }) => at))].toSorted((a, b) => a - b)] as const;
      }),
    ),
  );
};

/**
 * After one sweep the probe alone, for seven minutes: it has read every key since then, and looks in this way at unchanged keys.
 * A story with another beginning would pass by reads.
 */
export const probingBy = async (way: Way, { world, settings, ...plan }: Omit<AppPlan, 'wake'>): Promise<App> => {
  const app = await startApp({
    ...plan,
    world: withNeighbours(world),
    wake: 'probe',
    settings: { ...settings, GUARDIAN_LOOK: way },
  });
  await app.pass(6 * MINUTE);
  const before = lastRequest(app);
  await app.pass(MINUTE);
  expect([way, isThisWay(way, lookedSince(app, before))]).toEqual([way, true]);
  return app;
};

/** Keys deleted one after the other, each at another second of the minute, and found; the seconds that each took. */
export const findDeletedKeys = async (rounds: number, way: Way): Promise<void> => {
  const settings = { GUARDIAN_FUSE_ROOT_CAUSES: '9999' };
  const app = await probingBy(way, { world: estate(rounds), settings });
  const delays: number[] = [];
  for (const [round, { name }] of app.cloud.world.keyVault.vaults().entries()) {
    await app.clock.advanceTo(app.startedAt + (round + 2) * 5 * MINUTE + (round * MINUTE) / rounds + 500);
    const lostAt = app.clock.now();
    app.cloud.world.keyVault.deleteKey(name, 'cmk');
    await app.pass(3 * MINUTE);
    const { entries } = await ledgerOf(app, `https://${name}.vault.azure.net/keys/cmk`);
    delays.push((Date.parse(entries.findLast(({ kind }) => kind === 'opened')?.at ?? '') - lostAt) / SECOND);
  }
  const share = (part: number): number => delays.toSorted((a, b) => a - b)[Math.ceil(rounds * part) - 1] ?? Number.NaN;
  const row = [`${rounds}`, ...[0.5, 0.95, 1].map((part) => `${share(part)} s`)];
  printTable([`keys deleted, found by the probe (${way})`, 'p50', 'p95', 'at worst'], [row]);
  expect(Math.min(...delays)).toBeGreaterThan(0);
  expect(share(0.95)).toBeLessThanOrEqual(60);
  expect(writes(app)).toEqual(Array(rounds).fill(expect.stringMatching(RECOVERY)));
};
