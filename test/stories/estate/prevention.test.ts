import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { type App, DAY, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { isDown, serves, writes } from '../../builders/incident.ts';
import { approve, liftPause, PEOPLE, type Status } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';
import { comeNear, daysLeft, extensions, keysOf, lockedOut, mostInAMinute } from './prevention-story.ts';

/** One sweep finds the keys, and their instances do the rest. */
const HOURLY = { GUARDIAN_SWEEP_SCHEDULE: '0 0 * * * *' };
const every = (count: number, days: number) => Array.from({ length: count }, () => days);

/** The nearest ends an hour after the sweep that finds them. */
const expireTogether = async (count: number, settings = {}): Promise<App> => {
  const app = await startApp({ world: keysOf(count), wake: 'sweep', settings: { ...HOURLY, ...settings } });
  await app.pass(HOUR + 5 * MINUTE);
  comeNear(app, count, 2 * HOUR, MINUTE);
  return app;
};

describe('twelve keys that were made by one script, and expire together', () => {
  it('are extended by a week although the fuse is blown, the nearest five first, and the others once those are seen well', async () => {
    const app = await expireTogether(12);
    await app.pass(HOUR + 10 * MINUTE);
    const sent = extensions(app);
    const numbers = (those: typeof sent) => those.map(({ n }) => n).toSorted((a, b) => b - a);
    expect(numbers(sent.slice(0, 5))).toEqual([11, 10, 9, 8, 7]);
    expect(numbers(sent)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(mostInAMinute(sent)).toBeLessThanOrEqual(10);
    expect(daysLeft(app, 12)).toEqual(every(12, 7));
    expect(lockedOut(app)).toEqual([]);
  });

  repeated('are extended in full a day later, at a pace again: five first', async () => {
    const app = await expireTogether(12);
    await app.pass(DAY + 3 * HOUR);
    expect(daysLeft(app, 12)).toEqual(every(12, 365));
    const inFull = extensions(app).slice(12);
    expect(inFull).toHaveLength(12);
    expect(mostInAMinute(inFull)).toBeLessThanOrEqual(10);
    const [first = 0, , , , , sixth = 0] = inFull.map(({ at }) => at);
    expect(sixth - first).toBeGreaterThan(MINUTE / 2);
    expect(lockedOut(app)).toEqual([]);
  });

  repeated('are left alone while a pause lasts, also in the midst of them, and go on once it is lifted', async () => {
    const app = await expireTogether(30);
    await app.until('some were extended', () => extensions(app).length >= 15, 2 * HOUR);
    await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'what is this' } }, 200);
    const before = extensions(app).length;
    await app.pass(20 * MINUTE);
    expect(extensions(app)).toHaveLength(before);
    await liftPause(app);
    await app.pass(HOUR - 20 * MINUTE);
    expect(extensions(app)).toHaveLength(30);
    expect(mostInAMinute(extensions(app))).toBeLessThanOrEqual(10);
    expect(lockedOut(app)).toEqual([]);
  });
});

const COUNT = 6;
const NUMBERS = Array.from({ length: COUNT }, (_, n) => n);
const NAMES = NUMBERS.map((n) => `server-${n}`);

/** A vault for each server: servers that are down because of one vault are one cause. */
const APART: WorldPlan = {
  vaults: NUMBERS.map((n) => ({
    name: `kv-${n}`,
    permissions: 'accessPolicies' as const,
    keys: [{ name: `cmk-${n}`, expiresInDays: 90 }],
  })),
  servers: NUMBERS.map((n) => ({
    name: `server-${n}`,
    generation: 'flexible' as const,
    vault: `kv-${n}`,
    key: `cmk-${n}`,
  })),
};

const servingIn = (app: App) => NAMES.filter((name) => serves(app, name));

/** The servers that were revalidated, once for each time. */
const revalidated = (app: App) =>
  writes(app).flatMap((line) => /^PATCH .*\/flexibleServers\/([^/]+)$/i.exec(line)?.[1] ?? []);

/** The plan that is asked of the key of this server. */
const planOf = async (app: App, n: number): Promise<string> => {
  const instance = keyInstanceId({ host: `kv-${n}.vault.azure.net`, name: `cmk-${n}` });
  const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${instance}` }, 200);
  const [asked] = (body as Pick<Status, 'asked'>).asked;
  if (!asked) throw new Error(`nothing is asked of cmk-${n}: ${JSON.stringify(body)}`);
  return asked.planId;
};

/**
 * All servers lose the network path to their keys and get it back between two looks; a person then approves the update of one of
 * them.
 */
const approveOne = async (flexibleNoChangePatch: 'works' | 'ignored'): Promise<App> => {
  const settings = { ...HOURLY, ...PEOPLE };
  const switches = { flexibleNoChangePatch };
  const app = await startApp({ world: APART, wake: 'sweep', settings, switches });
  await app.pass(HOUR + 5 * MINUTE);
  const { entra, keyVault } = app.cloud.world;
  const change = (n: number, kind: 'remove' | 'add'): void => {
    const { objectId = '' } =
      entra.principals().find(({ resourceId }) => resourceId?.endsWith(`server-${n}-identity`)) ?? {};
    const permissions = { keys: ['get', 'list', 'wrapKey', 'unwrapKey'] };
    keyVault.changePolicies(`kv-${n}`, kind, [{ tenantId: entra.tenantId, objectId, permissions }]);
  };
  for (const n of NUMBERS) change(n, 'remove');
  await app.until('all are down', () => NAMES.every((name) => isDown(app, name)), HOUR / 2);
  for (const n of NUMBERS) change(n, 'add');
  await app.pass(HOUR + 10 * MINUTE);
  expect(revalidated(app)).toEqual([]);
  expect((await approve(app, await planOf(app, 3), 'approver')).status).toBe(202);
  await app.pass(HOUR + 10 * MINUTE);
  return app;
};

describe('six flexible servers that are down while the fuse is blown', () => {
  repeated('are revalidated by themselves once the update that a person said yes to is seen to work', async () => {
    const app = await approveOne('works');
    expect(revalidated(app)[0]).toBe('server-3');
    expect(revalidated(app).toSorted()).toEqual(NAMES);
    expect(servingIn(app)).toEqual(NAMES);
  });

  repeated('are left to people where that update is ignored: it is sent to no other', async () => {
    const app = await approveOne('ignored');
    expect(revalidated(app)).toEqual(['server-3']);
    expect(servingIn(app)).toEqual([]);
  });
});
