import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { A_WHILE, type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { type FrozenStore, rowsIn, thaw } from '../../builders/frozen-store.ts';
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
} from '../../builders/incident.ts';
import { APPROVE, approve, askedPlan, liftPause, statusOf } from '../../builders/people.ts';

/**
 * The stored data of a product that was built before a consumer could name its key without a version (commit 4eb7d44): all of its
 * rows and evidence, in mode approve, at the end of this story. Everything was healthy. The first version of the key expired, and
 * a person extended it. It expired again, while `orders` had a do-not-heal record; one person requested the extension, another
 * approved the plan, and the version was extended. Then the product was paused and the record was removed: `orders` waits for its
 * revalidation, which is approved and not done yet. The disk encryption set was healthy all the time.
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
  app.cloud.world.keyVault.letExpire(VAULT, 'cmk', keyVersion(app, 1).version, FROZEN.exp);
  await app.pass(Date.parse(FROZEN.frozenAt) - app.clock.now());
  await thaw(app.storage.connectionString, PREFIX, FROZEN);
  return app;
};

/** Rows of keys, without the rows that count wake-ups, and without the time at which the pinned versions were read. */
const withoutLooks = (rows: FrozenStore['tables'][string] = []) =>
  rows
    .filter(({ rowKey }) => rowKey !== 'now:wake')
    .map(({ json0, ...row }) => {
      const { at, pinsReadAt, ...document } = JSON.parse(String(json0));
      return row.rowKey === 'now:consumers' ? { ...row, document } : { ...row, document, at, pinsReadAt };
    });

/**
 * Rows that this version writes anew: the verdict on the faulty key, whose step has another id now, and the baseline of the
 * healthy key, which gets the time of its vault and the facts of its versions at the next look. Consumers of a key move into rows
 * of their own.
 */
const isKept = ({ rowKey }: { readonly rowKey?: unknown }): boolean =>
  !['now:verdict', 'now:baseline', 'now:consumers'].includes(String(rowKey)) &&
  !String(rowKey).startsWith('now:consumer:');

const kept = async ({ storage }: App) =>
  withoutLooks(await rowsIn(storage.connectionString, PREFIX, 'keys')).filter(isKept);

describe('After an upgrade over what the version before has kept', () => {
  it('all of it is read, what is well is recorded anew; a yes from then named no vault, so that it is asked anew, and done on the answer', async () => {
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
    const since = (await ledgerOf(app)).entries;
    expect(since.slice(0, before.entries.length)).toEqual(before.entries);
    expect(since.slice(before.entries.length).map(({ kind }) => kind)).toEqual(['seen', 'decided']);
    expect(linesOf(await ledgerOf(app, DISKS))).toEqual(['baseline', 'baseline']);
    expect((await ledgerOf(app, DISKS)).entries[0]).toEqual(disks.entries[0]);
    expect(await kept(app)).toEqual(withoutLooks(FROZEN.tables['keys']).filter(isKept));
    expect(writes(app)).toEqual([]);
    const anew = app.said.filter((line) => line.includes('recorded anew'));
    expect(anew).toEqual([expect.stringMatching(/1 now, 0 left to later sweeps/)]);

    await liftPause(app, 'approver');
    await app.pass(A_WHILE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'ask' });
    expect(writes(app)).toEqual([]);
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await ordersServes(app);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([expect.stringMatching(REVALIDATION)]);
    expect(condition(app, 'web')).toBe('ready');
    const lines = linesOf(await ledgerOf(app)).slice(before.entries.length);
    expect(lines).toEqual([
      ...['seen', 'decided'],
      ...['seen', 'asked', 'approved', 'seen', 'decided'],
      'intent revalidateConsumer',
      'outcome revalidateConsumer done',
      ...['seen', 'baseline', 'closed'],
    ]);
  });
});
