import { describe, expect, it } from 'vitest';
import type { HostCall } from '../../../local/call-host.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { A_WHILE, type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { KEY, ledgerOf, orders, SINGLE, single, VAULT, writes } from '../../builders/incident.ts';
import { errorCode, liftDoNotHeal, liftPause, PEOPLE, personNamed, signedIn } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const FAR = '2030-01-01T00:00:00Z';
const NEAR = '2026-06-01T00:00:00Z';
const PAST = '2020-01-01T00:00:00Z';
const KEY_HOLDER = 'a holder of the function key';

type Override = { readonly target: string; readonly by: string; readonly why: string; readonly until?: string };
type Overrides = {
  readonly paused: Override | null;
  readonly pauses: readonly Override[];
  readonly doNotHeal: readonly Override[];
};
type Headers = Record<string, string>;

/** The overrides in force, by the route's name and by its earlier name, which answers the same for one version. */
const inForce = async (app: App): Promise<Overrides> => {
  const { body } = await app.door({ method: 'GET', path: '/api/overrides' }, 200);
  expect((await app.door({ method: 'GET', path: '/api/orders' }, 200)).body).toEqual(body);
  return body as Overrides;
};

const byKey = (app: App): Headers => ({ 'x-functions-key': app.host().functionKey });

const statusOf = async (app: App, call: HostCall, headers: Headers): Promise<number> =>
  (await app.call({ ...call, headers })).status;

const pauseWith = (body: Headers): HostCall => ({ method: 'PUT', path: '/api/pause', body });
const forbidWith = (body: Headers): HostCall => ({
  method: 'PUT',
  path: '/api/do-not-heal',
  body: { target: KEY, ...body },
});
const LIFT_PAUSE: HostCall = { method: 'DELETE', path: '/api/pause?why=over' };
const LIFT_RECORD: HostCall = { method: 'DELETE', path: `/api/do-not-heal?target=${encodeURIComponent(KEY)}&why=over` };

/** Each override, with the calls that give and lift it, and its entry in the list. */
const KINDS = [
  [pauseWith, LIFT_PAUSE, (all: Overrides) => all.pauses],
  [forbidWith, LIFT_RECORD, (all: Overrides) => all.doNotHeal],
] as const;

/** The details of the last entries of the product's ledger, which must be intact. */
const lastEntries = async (app: App, count: number): Promise<readonly unknown[]> => {
  const { verification, entries } = await ledgerOf(app, 'product');
  expect(verification.kind).toBe('intact');
  return entries.slice(-count).map(({ detail }) => detail);
};

const BAD_TEXTS = ['', ' ', '@/etc/passwd', ' @x', 'a\nb', 'a\u2028b', 'a\u0007b', 'a\u202eb', 'x'.repeat(501)];

describe('Where people approve', () => {
  it('no key lifts, shortens or overwrites an override; a person with the role does, and says why in one line', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'doors', settings: PEOPLE });
    const approver = await signedIn(app, 'approver');
    const operator = await signedIn(app, 'operator');
    const ada = `approver@example.com (${personNamed(app, 'approver').objectId})`;
    for (const [give, lift, standing] of KINDS) {
      const send = (call: HostCall, headers: Headers) => statusOf(app, call, headers);
      expect(await send(give({ why: 'legal hold', until: FAR }), { ...byKey(app), ...approver })).toBe(200);
      const others = [
        [byKey(app), 401],
        [{ 'x-functions-key': app.host().masterKey }, 401],
        [{ 'x-functions-key': '', ...operator }, 403],
      ] as const;
      for (const [headers, refused] of others) {
        expect(await send(lift, headers)).toBe(refused);
        expect(await send(give({ why: 'mine', until: NEAR }), headers)).toBe(403);
        expect(await send(give({ why: 'legal hold', until: NEAR }), headers)).toBe(403);
        expect(await send(give({ why: 'over', until: PAST }), headers)).toBe(400);
      }
      expect(standing(await inForce(app))).toMatchObject([{ by: ada, why: 'legal hold', until: FAR }]);

      for (let twice = 0; twice < 2; twice += 1) expect(await send(give({ why: 'longer' }), byKey(app))).toBe(200);
      expect(await send(give({ why: 'shorter again', until: FAR }), byKey(app))).toBe(403);
      const both = standing(await inForce(app)).toSorted((one, other) => one.by.localeCompare(other.by));
      expect(both).toMatchObject([
        { by: KEY_HOLDER, why: 'longer' },
        { by: ada, why: 'legal hold', until: FAR },
      ]);

      for (const why of BAD_TEXTS) {
        const path = lift.path.replace('why=over', `why=${encodeURIComponent(why)}`);
        expect(await send({ ...lift, path }, approver)).toBe(400);
        expect(errorCode(await app.call(give({ why })))).toBe('BadRequest');
      }
      expect(await send({ ...lift, path: lift.path.replace(/[?&]why=over/, '') }, approver)).toBe(400);
      expect(await send(give({ why: ' Prüfung – 100 %, see #12 ', until: NEAR }), { ...byKey(app), ...approver })).toBe(
        200,
      );
      expect(standing(await inForce(app))).toMatchObject([{ by: ada, why: 'Prüfung – 100 %, see #12', until: NEAR }]);
      expect(await send(lift, { 'x-functions-key': '', ...approver })).toBe(204);
      expect(standing(await inForce(app))).toEqual([]);
      expect(await lastEntries(app, 2)).toMatchObject([
        { detail: { by: ada, until: NEAR, shortens: [{ by: expect.any(String) }, { by: expect.any(String) }] } },
        { detail: { by: ada, why: 'over', lifted: [{ by: ada, until: NEAR }] } },
      ]);
    }
  });
});

describe('Where nobody approves', () => {
  it('only the master key lifts, and nothing shortens', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    for (const [give, lift] of KINDS) {
      expect(await statusOf(app, give({ why: 'legal hold' }), byKey(app))).toBe(200);
      expect(await statusOf(app, lift, byKey(app))).toBe(401);
      for (const headers of [byKey(app), {}])
        expect(await statusOf(app, give({ why: 'mine', until: NEAR }), headers)).toBe(403);
    }
    expect(await inForce(app)).toMatchObject({ paused: { by: KEY_HOLDER }, doNotHeal: [{ by: KEY_HOLDER }] });
    await liftPause(app);
    await liftDoNotHeal(app, KEY);
    expect(await inForce(app)).toEqual({ paused: null, pauses: [], doNotHeal: [] });
    expect(await lastEntries(app, 2)).toMatchObject([
      { what: 'pause lifted', detail: { by: 'a holder of the master key', why: 'it is over' } },
      { what: 'do not heal lifted', detail: { by: 'a holder of the master key', why: 'it is over', target: KEY } },
    ]);
    await app.pass(NEXT_SWEEP);
    await recordsSayWhatTheyCover(app);
  });
});

const recordsSayWhatTheyCover = async (app: App): Promise<void> => {
  const vaultId = app.cloud.world.keyVault.vault(VAULT)?.id ?? '';
  const group = vaultId.split('/providers')[0] ?? '';
  const url = `https://${VAULT}.vault.azure.net`;
  const put = (target: string) => app.call(forbidWith({ target, why: 'the customer left' }));
  const covers = { keys: [KEY], consumers: [SINGLE.toLowerCase()], keyCount: 1, consumerCount: 1 };
  const version = `keys/cmk/versions/${'a'.repeat(32)}`;
  const spellings: readonly (readonly [string, string])[] = [
    [`${url.toUpperCase()}:443/`, url],
    [vaultId, vaultId.toLowerCase()],
    [`${url}:443/keys/CMK/`, KEY],
    [`${vaultId}/${version}`, `${vaultId.toLowerCase()}/${version}`],
    [`${SINGLE}/keys/${VAULT}_cmk_1`, SINGLE.toLowerCase()],
    [group, group.toLowerCase()],
    ['Orders', SINGLE.toLowerCase()],
  ];
  for (const [target, normal] of spellings)
    expect(await put(target)).toMatchObject({ status: 200, body: { target: normal, covers } });
  const nothing = { covers: { keys: [], consumers: [] }, warning: expect.stringContaining('Nothing that was seen') };
  expect(await put('https://kv-tomorrow.vault.azure.net')).toMatchObject({ status: 200, body: nothing });
  const elsewhere = vaultId.replace(/subscriptions\/[^/]+/, 'subscriptions/99999999-9999-9999-9999-999999999999');
  for (const target of ['order', elsewhere, `https://${VAULT}.vault.azure.cn/keys/cmk`, `${vaultId}/secrets/s`])
    expect(await put(target)).toMatchObject({ status: 422, body: { error: { code: 'NeverMatches' } } });
  await app.door({ method: 'DELETE', path: '/api/do-not-heal?target=order&why=typo' }, 404);
  await liftDoNotHeal(app, `${vaultId.toUpperCase()}/`);
  expect((await inForce(app)).doNotHeal.map(({ target }) => target)).not.toContain(url);
  const again = await app.call({
    method: 'DELETE',
    path: `/api/do-not-heal?target=${encodeURIComponent(url)}&why=twice`,
  });
  expect(again).toMatchObject({ status: 404, body: { detail: expect.stringContaining('nothing was lifted') } });
};

const SIX = Array.from({ length: 6 }, (_, at) => `kv-${at}`);
const WORLD: WorldPlan = {
  vaults: SIX.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk', expiresInDays: 90 }] })),
  servers: SIX.map((vault) => ({ name: `of-${vault}`, generation: 'single', vault, key: 'cmk' })),
};

describe('What an override has held', () => {
  repeated(
    'is woken at once when it is lifted, and passes the fuse together, however long apart it broke',
    async () => {
      const app = await startApp({ world: WORLD, wake: 'sweep', settings: { GUARDIAN_FUSE_WINDOW: 'PT10M' } });
      await app.pass(NEXT_SWEEP);
      await app.door(pauseWith({ why: 'maintenance' }), 200);
      for (const vault of SIX) {
        app.cloud.world.keyVault.deleteKey(vault, 'cmk');
        await app.pass(A_WHILE);
      }
      await liftPause(app);
      await app.pass(MINUTE);
      expect(writes(app)).toEqual([]);
      const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
      expect((body as { value: { verdict: string }[] }).value.map(({ verdict }) => verdict)).toEqual(
        SIX.map(() => 'ask'),
      );
    },
  );
});
