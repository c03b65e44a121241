import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { type App, HOUR, MINUTE, startApp } from '../builders/app.ts';
import { type FrozenStore, rowsIn, thaw } from '../builders/frozen-store.ts';
import {
  condition,
  expireKey,
  isDown,
  keyVersion,
  ledgerOf,
  linesOf,
  ordersServes,
  REVALIDATION,
  VAULT,
  writes,
} from '../builders/incident.ts';
import { APPROVE, statusOf } from '../builders/people.ts';

/**
 * What a product kept that was built before a consumer could name its key without a version (commit 4eb7d44): all of its
 * rows and evidence, in mode approve, at the end of this story. Everything was well. The first version of the key expired,
 * and a person gave it its expiry back. It expired again, while `orders` bore a do-not-heal record; somebody requested the
 * extension, another approved the plan, and the version was extended. Then the product was paused and the record taken
 * away: `orders` waits for its revalidation, which is approved and not used up. The set of disks was well all the time.
 */
const FROZEN: FrozenStore & { readonly frozenAt: string; readonly exp: number } = JSON.parse(
  readFileSync(new URL('./fixtures/previous-shape.json', import.meta.url), 'utf8'),
);

const WORLD: WorldPlan = {
  vaults: [
    { name: VAULT, permissions: 'accessPolicies', keys: [{ name: 'cmk', versions: 2, expiresInDays: 90 }] },
    { name: 'kv-disks', permissions: 'roles', keys: [{ name: 'disks', expiresInDays: 90 }] },
  ],
  servers: [
    { name: 'orders', generation: 'single', vault: VAULT, key: 'cmk', version: 1 },
    { name: 'web', generation: 'flexible', vault: VAULT, key: 'cmk', version: 1 },
  ],
  sets: [{ name: 'set', vault: 'kv-disks', key: 'disks', machines: 1 }],
};

const DISKS = 'https://kv-disks.vault.azure.net/keys/disks';
const PREFIX = 'previousshape';
const SETTINGS = { ...APPROVE, GUARDIAN_TABLE_PREFIX: PREFIX, GUARDIAN_SWEEP_SCHEDULE: '0 0 * * * *' };

/** The world as it was when the rows were frozen, an hour's first sweep still ahead. */
const upgraded = async (): Promise<App> => {
  const app = await startApp({ world: WORLD, wake: 'sweep', settings: SETTINGS });
  expireKey(app, 1);
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
  app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app, 1).version, { exp: FROZEN.exp });
  await app.pass(Date.parse(FROZEN.frozenAt) - app.clock.now());
  await thaw(app.storage.connectionString, PREFIX, FROZEN);
  return app;
};

/** Rows of keys, without those that count wake-ups, and without when it was last read what a consumer pins. */
const withoutLooks = (rows: FrozenStore['tables'][string] = []) =>
  rows
    .filter(({ rowKey }) => rowKey !== 'now:wake')
    .map(({ json0, ...row }) => {
      const { at, pinsReadAt, ...document } = JSON.parse(String(json0));
      return row.rowKey === 'now:consumers' ? { ...row, document } : { ...row, document, at, pinsReadAt };
    });

const kept = async ({ storage }: App) => withoutLooks(await rowsIn(storage.connectionString, PREFIX, 'keys'));

describe('After an upgrade over what the version before has kept', () => {
  it('all of it is read, nothing is recorded anew, and what was approved is done', async () => {
    const app = await upgraded();
    const [before, disks] = [await ledgerOf(app), await ledgerOf(app, DISKS)];
    expect(linesOf(disks)).toEqual(['baseline']);
    expect(new Set(before.entries.map(({ kind }) => kind))).toEqual(
      new Set([
        ...['baseline', 'opened', 'seen', 'asked', 'requested', 'approved', 'decided', 'intent', 'outcome', 'closed'],
      ]),
    );
    expect(await statusOf(app)).toMatchObject({ verdict: 'report', decision: { kind: 'report' } });

    // A sweep, which wakes the key that is ill.
    await app.pass(HOUR - (app.clock.now() % HOUR) + 6 * MINUTE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report', runtimeStatus: 'Completed' });
    expect(await ledgerOf(app)).toEqual(before);
    expect(await ledgerOf(app, DISKS)).toEqual(disks);
    expect(await kept(app)).toEqual(withoutLooks(FROZEN.tables['keys']));
    expect(writes(app)).toEqual([]);
    expect(app.said.filter((line) => line.includes('recorded anew'))).toEqual([]);

    await app.door({ method: 'DELETE', path: '/api/pause' }, 204);
    await app.pass(HOUR);
    await ordersServes(app);
    await app.pass(HOUR);
    expect(writes(app)).toEqual([expect.stringMatching(REVALIDATION)]);
    expect(condition(app, 'web')).toBe('ready');
    const lines = linesOf(await ledgerOf(app)).slice(before.entries.length);
    expect(lines).toEqual([
      'seen',
      'decided',
      'intent revalidateConsumer',
      'outcome revalidateConsumer done',
      'seen',
      'closed',
    ]);
  });
});
