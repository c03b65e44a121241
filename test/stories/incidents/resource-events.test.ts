import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { control } from '../../builders/control.ts';
import {
  expireKey,
  flexible,
  incidentsOf,
  isDown,
  ledgerOf,
  linesOf,
  orders,
  productRequests,
  REVALIDATION,
  server,
  serves,
  single,
  startReconciliation,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { PATCH_OF_SERVER } from '../../builders/key-loss.ts';
import { INSTANCE, statusOf } from '../../builders/people.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

/** How often the key was woken, and how often it was looked at: a look reads its vault once. */
const effort = async (app: App): Promise<{ readonly wakes: number; readonly vaultReads: number }> => {
  const { body } = await app.call({ method: 'GET', path: `/api/reconciliations/${INSTANCE}` });
  const reads = productRequests(app).filter(({ route }) => /^GET .*\/vaults\/\{\w+\}$/.test(route));
  return { wakes: (body as { wanted?: number }).wanted ?? 0, vaultReads: reads.length };
};

/** The product looks once at a healthy world, and knows from then on who uses the key. */
const firstLook = async (app: App): Promise<void> => {
  await startReconciliation(app);
  await app.pass(MINUTE);
  expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
};

type Break = { readonly verb: string; readonly input: (app: App) => Record<string, unknown> };

const vault = { vault: VAULT };
const principalOf = (app: App, name: string): string => {
  const found = server(app, name);
  const [assigned] = found.generation === 'flexible' ? Object.values(found.identities) : [found.identity];
  if (!assigned) throw new Error(`${name} has no identity`);
  return assigned.principalId;
};
const keyScope = ({ cloud }: App): string => `${cloud.world.keyVault.vault(VAULT)?.id}/keys/cmk`;

const HEALED: readonly (readonly [string, 'accessPolicies' | 'roles', Break])[] = [
  ['a deleted vault', 'accessPolicies', { verb: 'delete-vault', input: () => vault }],
  ['a deleted vault with roles', 'roles', { verb: 'delete-vault', input: () => vault }],
  ['a firewall', 'accessPolicies', { verb: 'close-firewall', input: () => ({ ...vault, bypass: 'None' }) }],
  [
    'a removed access policy',
    'accessPolicies',
    { verb: 'remove-access-policy', input: (app) => ({ ...vault, objectId: principalOf(app, 'orders') }) },
  ],
  [
    'another permission model',
    'accessPolicies',
    { verb: 'set-permission-model', input: () => ({ ...vault, model: 'roles' }) },
  ],
  [
    'a removed role assignment',
    'roles',
    {
      verb: 'remove-role-assignment',
      input: (app) => ({
        scope: keyScope(app),
        role: 'Key Vault Crypto Service Encryption User',
        principalId: principalOf(app, 'orders'),
      }),
    },
  ],
];

/** How long after the break the incident was opened, ms. */
const noticedAfter = async (app: App, broken: number): Promise<number> =>
  Date.parse((await incidentsOf(app)).at(-1)?.openedAt ?? '2100-01-01') - broken;

const ALL = { GUARDIAN_AUTO_REVERSE: 'all' };

const breakIn = async (permissions: 'accessPolicies' | 'roles', { verb, input }: Break) => {
  const world = orders([single('orders'), flexible('web')], {}, permissions);
  const app = await startApp({ world, wake: 'event', settings: ALL });
  await firstLook(app);
  await control(app, `break/${verb}`, input(app));
  return { app, broken: app.clock.now() };
};

describe('without a sweep and a probe, the event of a write has noticed within half a minute', () => {
  it.each(sampled(HEALED, 3))('%s (%s), and it is healed', async (_what, permissions, broke) => {
    const { app, broken } = await breakIn(permissions, broke);
    await app.pass(HOUR);
    expect(await noticedAfter(app, broken)).toBeLessThanOrEqual(30_000);
    expect([serves(app, 'orders'), serves(app, 'web')]).toEqual([true, true]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });
});

describe('a write in the subscription', () => {
  repeated(
    'that deletes an identity is not known to be well at once, and told of ten minutes later, with what a human does',
    async () => {
      const removal: Break = { verb: 'remove-identity', input: () => ({ server: 'web' }) };
      const { app } = await breakIn('accessPolicies', removal);
      await app.pass(MINUTE / 2);
      expect(serves(app, 'web')).toBe(true);
      expect((await statusOf(app)).verdict).toBe('unseen');
      await app.pass(11 * MINUTE);
      const { verdict, decision } = await statusOf(app);
      expect(verdict).toBe('report');
      expect(decision.notes.join(' ')).toMatch(/\baz /);
      expect(writes(app)).toEqual([]);
    },
  );

  repeated(
    'is answered within a minute though the key waits until a missed identity may be believed gone',
    async () => {
      const { app } = await breakIn('accessPolicies', { verb: 'remove-identity', input: () => ({ server: 'web' }) });
      await app.pass(2 * MINUTE);
      expect((await statusOf(app)).verdict).toBe('unseen');
      const broken = app.clock.now();
      await control(app, 'break/set-permission-model', { ...vault, model: 'roles' });
      await app.pass(2 * MINUTE);
      expect(await noticedAfter(app, broken)).toBeLessThanOrEqual(MINUTE + 30_000);
    },
  );

  repeated('that makes a server has it looked at, with no sweep and nobody who names it', async () => {
    const app = await startApp({ world: orders([flexible('web')]), wake: 'event' });
    await firstLook(app);
    await control(app, 'break/create-replica', { server: 'web', name: 'web-replica' });
    expect(isDown(app, 'web-replica')).toBe(true);
    await app.until('web-replica serves', () => serves(app, 'web-replica'), 10 * MINUTE);
    await app.pass(HOUR);
    expect(writes(app)).toEqual([expect.stringMatching(PATCH_OF_SERVER)]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated('of the product itself comes back as an event, and costs one look and no write more', async () => {
    const switches = { duplicateRate: 1, reorderRate: 1 };
    const world = orders([single('orders'), single('billing')]);
    const app = await startApp({ world, wake: 'event', subscribed: 'after the keys', switches });
    await firstLook(app);
    expireKey(app);
    await app.until('both are down', () => isDown(app, 'orders') && isDown(app, 'billing'), 15 * MINUTE);
    await startReconciliation(app);
    await app.until('both serve', () => serves(app, 'orders') && serves(app, 'billing'), HOUR);
    await app.pass(HOUR);
    const told = [expect.stringMatching(REVALIDATION), expect.stringMatching(REVALIDATION)];
    expect(writes(app).slice(1)).toEqual(told);
    const lines = linesOf(await ledgerOf(app));
    expect(lines.at(-1)).toBe('closed');

    const before = await effort(app);
    // Two starts by hand, and each revalidation as an event, every one of them twice.
    expect(before.wakes).toBeLessThanOrEqual(2 + 2 * 2);
    await app.pass(6 * HOUR);
    expect(await effort(app)).toEqual(before);
    expect(linesOf(await ledgerOf(app))).toEqual(lines);
  });

  repeated(
    'to a healthy vault costs at most one look each, and nothing is written or entered, however many there are',
    async () => {
      const app = await startApp({ world: orders([single('orders')]), wake: 'event' });
      await firstLook(app);
      const before = await effort(app);
      for (let n = 0; n < 20; n++) await control(app, 'repair/open-firewall', { vault: VAULT });
      await app.pass(HOUR);
      const after = await effort(app);
      expect(after.wakes).toBeGreaterThan(before.wakes);
      expect(after.wakes).toBeLessThanOrEqual(before.wakes + 20);
      expect(after.vaultReads).toBeGreaterThan(before.vaultReads);
      expect(after.vaultReads).toBeLessThanOrEqual(before.vaultReads + 20);
      expect(writes(app)).toEqual([]);
      expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
    },
  );
});
