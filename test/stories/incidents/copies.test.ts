import { describe, expect, it } from 'vitest';
import { buildWorld } from '../../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { A_WHILE, type App, HOUR, MINUTE, NEXT_SWEEP, startApp, type Wake } from '../../builders/app.ts';
import { addStranger, backUpElsewhere, copy, GEO_KEY, shop, tellOfStranger } from '../../builders/copies.ts';
import {
  happenedAt,
  history,
  isDown,
  KEY,
  ledgerOf,
  linesOf,
  REVALIDATION,
  serves,
  startReconciliation,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { PATCH_OF_SERVER } from '../../builders/key-loss.ts';
import { approve, askedPlan, PEOPLE, statusOf } from '../../builders/people.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

const IDENTITY = /^PATCH .*\/servers\/orders-copy$/;
const POLICY = /^PUT .*\/vaults\/kv-orders\/accessPolicies\/add$/;
const ROLE =
  /^PUT .*\/vaults\/kv-orders\/keys\/cmk\/providers\/Microsoft.Authorization\/roleAssignments\/[0-9a-f-]{36}$/;

const told = (...patterns: readonly RegExp[]) => patterns.map((pattern) => expect.stringMatching(pattern));

/** A healthy shop that the product knows: by a sweep, or by a look that a person requested. */
const known = async (wake: Wake, more: Partial<Parameters<typeof startApp>[0]> = {}): Promise<App> => {
  const app = await startApp({ world: shop(), wake, ...more });
  if (wake === 'sweep') await app.pass(NEXT_SWEEP);
  else await startReconciliation(app);
  await app.pass(MINUTE);
  expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
  return app;
};

const becomesReady = (app: App, name: string): Promise<void> =>
  app.until(`${name} serves`, () => serves(app, name), HOUR);

/** The copy serves by these writes, all else is as it was, and the incident is over. */
const expectHealedBy = async (app: App, name: string, patterns: readonly RegExp[], chain = KEY): Promise<void> => {
  await becomesReady(app, name);
  await app.pass(A_WHILE);
  expect(writes(app)).toEqual(told(...patterns));
  expect(history(app, name).at(-1)).toBe('ready');
  for (const source of ['orders', 'web']) expect(history(app, source)).toEqual([]);
  const lines = linesOf(await ledgerOf(app, chain));
  expect(lines.at(-1)).toBe('closed');
  expect(lines).not.toContain('asked');
};

describe.each(sampled(['event', 'sweep'] as const, 0))(
  'a copy whose source Azure names becomes ready without a human (%s)',
  (wake) => {
    it('where it is a replica of a single server: it gets an identity, access, and its key once more', async () => {
      const app = await known(wake);
      await copy(app, 'create-replica', 'orders');
      await expectHealedBy(app, 'orders-copy', [IDENTITY, POLICY, REVALIDATION]);
    });

    repeated('where that is so in a vault with roles: it gets the role at the key and nowhere else', async () => {
      const app = await known(wake, { world: shop('roles') });
      await copy(app, 'create-replica', 'orders');
      await expectHealedBy(app, 'orders-copy', [IDENTITY, ROLE, REVALIDATION]);
    });

    repeated.each(['create-replica', 'restore-server'] as const)(
      'where it comes of %s of a flexible server: it keeps the identity, and only has to look at its key again',
      async (how) => {
        const app = await known(wake);
        await copy(app, how, 'web');
        await expectHealedBy(app, 'web-copy', [PATCH_OF_SERVER]);
      },
    );
  },
);

describe('a copy whose source Azure names', () => {
  repeated(
    'and that was restored in the paired region is on the key of the backups, and becomes ready there',
    async () => {
      const app = await startApp({ world: shop(), wake: 'sweep' });
      backUpElsewhere(app);
      await app.pass(NEXT_SWEEP + MINUTE);
      expect(linesOf(await ledgerOf(app, GEO_KEY))).toEqual(['baseline']);
      await copy(app, 'geo-restore', 'web', { location: 'koreasouth' });
      await expectHealedBy(app, 'web-copy', [PATCH_OF_SERVER], GEO_KEY);
    },
  );

  repeated('waits for a grant that takes five minutes to be effective, and then becomes ready', async () => {
    const app = await known('event', { switches: { propagationSeconds: 300 } });
    await copy(app, 'create-replica', 'orders');
    const made = app.clock.now();
    await becomesReady(app, 'orders-copy');
    await app.pass(A_WHILE);
    const [identity, policy, ...revalidations] = writes(app);
    expect([identity, policy]).toEqual(told(IDENTITY, POLICY));
    // One, two and four minutes after the grant; the last of them ends when the grant is effective.
    expect(revalidations).toEqual(told(REVALIDATION, REVALIDATION, REVALIDATION));
    expect((happenedAt(app, 'orders-copy', 'ready') ?? 0) - made).toBeLessThanOrEqual(8 * MINUTE);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated('is asked about in a vault that holds other keys too, which a policy would open', async () => {
    const app = await known('event', { settings: { GUARDIAN_DEDICATED_VAULTS: '', ...PEOPLE } });
    app.cloud.world.keyVault.createKey(VAULT, 'other', { keySize: 2048 });
    await copy(app, 'create-replica', 'orders');
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual(told(IDENTITY));
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await becomesReady(app, 'orders-copy');
    expect(writes(app)).toEqual(told(IDENTITY, POLICY, REVALIDATION));
  });
});

describe('a single server that was restored to a point in time, of which Azure names no source,', () => {
  it('is asked about, and becomes ready on a yes', async () => {
    const app = await known('event', { settings: PEOPLE });
    await copy(app, 'restore-server', 'orders');
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'ask' });
    // The product also gets to know a server that joins the key while it waits.
    await copy(app, 'create-replica', 'web');
    await app.pass(A_WHILE);
    expect(linesOf(await ledgerOf(app)).filter((line) => line === 'baseline')).toHaveLength(2);
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await becomesReady(app, 'orders-copy');
    expect(writes(app)).toEqual(told(PATCH_OF_SERVER, IDENTITY, POLICY, REVALIDATION));
  });

  repeated.each([
    ['the subscription', `/subscriptions/${subscriptionId}`],
    ['its resource group', `/subscriptions/${subscriptionId}/resourceGroups/data`],
  ])('becomes ready without a human where %s is one of trusted restores', async (_what, scope) => {
    const app = await known('event', { settings: { GUARDIAN_TRUSTED_RESTORES: scope } });
    await copy(app, 'restore-server', 'orders');
    await expectHealedBy(app, 'orders-copy', [IDENTITY, POLICY, REVALIDATION]);
  });

  repeated('is asked about where another place is one', async () => {
    const elsewhere = `/subscriptions/${subscriptionId}/resourceGroups/elsewhere`;
    const app = await known('event', { settings: { GUARDIAN_TRUSTED_RESTORES: elsewhere, ...PEOPLE } });
    await copy(app, 'restore-server', 'orders');
    await app.pass(A_WHILE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'ask' });
    expect(writes(app)).toEqual([]);
  });
});

describe('nobody is let in who was not there before', () => {
  const ALL = { GUARDIAN_AUTO_REVERSE: 'all' };

  repeated('a copy that lies out of scope is not looked at; that is recorded', async () => {
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/data`;
    const app = await known('event', { settings: { GUARDIAN_SCOPE: scope, ...ALL } });
    await copy(app, 'create-replica', 'orders', { group: 'elsewhere' });
    await app.pass(HOUR);
    expect(isDown(app, 'orders-copy')).toBe(true);
    expect(writes(app)).toEqual([]);
    const recorded = JSON.stringify((await ledgerOf(app, 'product')).entries.map(({ detail }) => detail));
    expect(recorded).toContain('/resourcegroups/elsewhere is outside GUARDIAN_SCOPE');
  });

  repeated.each(sampled(['event', 'sweep'] as const, 0))(
    'a copy on a key in a vault out of scope is reported, and nothing is written (%s)',
    async (wake) => {
      const scope = `/subscriptions/${subscriptionId}/resourceGroups/data`;
      const foreign = {
        name: 'kv-foreign',
        permissions: 'accessPolicies',
        keys: [{ name: 'theirs' }],
        group: 'theirs',
      } as const;
      const app = await known(wake, { settings: { GUARDIAN_SCOPE: scope, ...ALL } });
      buildWorld(app.cloud.world, {
        vaults: [{ ...foreign, keys: [...foreign.keys] }],
        servers: [{ name: 'billing', generation: 'single', vault: 'kv-foreign', key: 'theirs', group: 'theirs' }],
      });
      await copy(app, 'create-replica', 'billing', { group: 'data' });
      await app.pass(HOUR);
      expect(isDown(app, 'billing-copy')).toBe(true);
      expect(writes(app)).toEqual([]);
      const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
      expect(body).toMatchObject({
        value: expect.arrayContaining([
          expect.objectContaining({ key: 'https://kv-foreign.vault.azure.net/keys/theirs', verdict: 'report' }),
        ]),
      });
    },
  );

  it.each(sampled(['event', 'sweep'] as const, 0))(
    "a stranger's server that pins the key is reported, and nothing is written (%s)",
    async (wake) => {
      const app = await known(wake, { settings: ALL });
      addStranger(app);
      await app.until('it is down', () => isDown(app, 'stranger'), HOUR);
      await app.pass(A_WHILE);
      if (wake === 'event') tellOfStranger(app);
      await app.pass(MINUTE);
      const { verdict, decision } = await statusOf(app);
      expect(verdict).toBe('healthy');
      expect(decision.findings).toMatchObject([
        { kind: 'copyAwaitingAccess', evidence: { lineage: 'stranger' }, harm: [{ level: 'none' }] },
      ]);
      expect(writes(app)).toEqual([]);
    },
  );
});

describe('a replica of a flexible server whose key the service refuses to set', () => {
  repeated(
    'is tried three times in twenty minutes and then rests, and a person is told in the words of Azure where to do it; its source serves on',
    async () => {
      const app = await known('sweep', { switches: { flexibleReplicaWrites: 'refused' } });
      await copy(app, 'create-replica', 'web');
      await app.pass(3 * HOUR);
      expect(writes(app)).toEqual(told(PATCH_OF_SERVER, PATCH_OF_SERVER, PATCH_OF_SERVER));
      expect(history(app, 'web')).toEqual([]);
      const { verdict, decision } = await statusOf(app);
      expect(verdict).toBe('report');
      expect(JSON.stringify(decision)).toContain('Use the primary server instead');
    },
  );
});
