import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../../local/cloud/request-log.ts';
import { openStore } from '../../../src/store/store.ts';
import { type App, MINUTE, startApp } from '../../builders/app.ts';
import { VAULT } from '../../builders/incident.ts';
import { productObjectId } from '../../builders/key-loss.ts';
import { closeFirewall } from '../../builders/rights.ts';
import { lookedBy, type Way } from '../../builders/ways.ts';
import { runStorage } from '../../run/ground.ts';
import { printTable } from '../print-table.ts';

const KEYS = 240;
const names = Array.from({ length: KEYS }, (_, n) => `cmk-${n}`);

/** A vault that lets the product see its keys by Resource Manager alone, each key of a server. */
const shutVault = async (way: Way, workers: number): Promise<App> => {
  const app = await startApp({
    wake: 'probe',
    workers,
    switches: { keyCheckSeconds: 86_400 },
    settings: { GUARDIAN_MODE: 'observe', GUARDIAN_LOOK: way },
    world: {
      vaults: [{ name: VAULT, permissions: 'accessPolicies', keys: names.map((name) => ({ name })) }],
      servers: names.map((name) => ({ name, generation: 'flexible', vault: VAULT, key: name })),
    },
  });
  closeFirewall(app);
  return app;
};

/** Microsoft Learn, request-limits-and-throttling: reads of one subscription by one principal. */
const AZURE = { size: 250, perSecond: 25 };

/** Reads of the subscription since the n-th request. */
const armReads = (app: App, since = 0): readonly LoggedRequest[] =>
  app.cloud.requests
    .list({ caller: productObjectId(app), since })
    .filter(({ method, url }) => method === 'GET' && url.startsWith('https://management.azure.com/subscriptions/'));

/** The most that these reads take from Azure's bucket at any time, in percent of its size and refill. */
const mostPercent = (reads: readonly LoggedRequest[]): number => {
  const instants = reads.map(({ at }) => Date.parse(at));
  let most = 0;
  for (let from = 0; from < instants.length; from++)
    for (let to = from; to < instants.length; to++) {
      const seconds = ((instants[to] ?? 0) - (instants[from] ?? 0)) / 1_000;
      most = Math.max(most, (100 * (to - from + 1)) / (AZURE.size + AZURE.perSecond * seconds));
    }
  return most;
};

const callersIn = async (app: App): Promise<number> => {
  const storage = { kind: 'connectionString', connectionString: runStorage() } as const;
  const store = openStore({ storage, tablePrefix: app.tablePrefix }, () => app.clock.now());
  return (await store.callers.list()).length;
};

const keysIn = (reads: readonly LoggedRequest[]): number =>
  new Set(reads.flatMap(({ url }) => /\/keys\/([^/?]+)/.exec(new URL(url).pathname)?.[1] ?? [])).size;

/** The vault refuses its own list: the probe reads each key by Resource Manager, as it does without lists. */
const CASES = [
  ['single', 1],
  ['single', 3],
  ['dataPlaneList', 3],
  ['resourceManagerList', 1],
  ['resourceManagerList', 3],
  ['auto', 3],
] as const;

const MINUTES = 10;
const PAGE = 100;

/** Each key was read, or is on a list of every minute: whoever is shown all keys by lists reads each of them once an hour. */
const expectEachKey = (way: Way, probed: readonly LoggedRequest[]): void => {
  if (way === 'single' || way === 'dataPlaneList') {
    expect(keysIn(probed)).toBe(KEYS);
    return;
  }
  const { listsOfManager } = lookedBy(probed.map(({ url }) => url));
  expect(listsOfManager).toBeGreaterThanOrEqual(MINUTES * Math.ceil(KEYS / PAGE));
  expect(keysIn(probed)).toBeLessThan(KEYS / 2);
};

describe('a vault that shows its keys by Resource Manager alone', () => {
  it.each(CASES)(
    'takes a quarter of its subscription by the probe, and all that there is by no minute, with %s and %i workers',
    async (way, workers) => {
      const app = await shutVault(way, workers);
      await app.pass(20 * MINUTE);
      const first = armReads(app);
      const since = app.cloud.requests.list().at(-1)?.n ?? 0;
      await app.pass(MINUTES * MINUTE);
      const probed = armReads(app, since);
      printTable(
        ['look', 'workers', 'that called', 'reads of 20 minutes', 'at most', 'of ten minutes of the probe', 'at most'],
        [
          [
            way,
            `${workers}`,
            `${await callersIn(app)}`,
            `${first.length}`,
            `${mostPercent(first).toFixed(1)} %`,
            `${probed.length}`,
            `${mostPercent(probed).toFixed(1)} %`,
          ],
        ],
      );
      expect(await callersIn(app)).toBe(workers);
      expect([...first, ...probed].filter(({ status }) => status === 429)).toEqual([]);
      expect(mostPercent(first)).toBeLessThanOrEqual(100);
      expectEachKey(way, probed);
      expect(mostPercent(probed)).toBeLessThanOrEqual(25);
    },
  );
});
