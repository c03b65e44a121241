import { describe, expect, it } from 'vitest';
import { A_WHILE, type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  expireKey,
  isDown,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  REVALIDATION,
  SINGLE,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import {
  APPROVE,
  approve,
  askedPlan,
  errorCode,
  join,
  liftPause,
  personNamed,
  signedIn,
  statusOf,
} from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

/** Mode approve; the key has expired, the server is down, and the next sweep has asked for the whole plan. */
const asking = async (): Promise<App> => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: APPROVE });
  await loseOrders(app);
  await app.pass(NEXT_SWEEP);
  return app;
};

describe('mode approve', () => {
  repeated('asks and ends: nothing is written, and no instance waits for an answer', async () => {
    const app = await asking();
    expect(await statusOf(app)).toMatchObject({ verdict: 'ask', runtimeStatus: 'Completed' });
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(linesOf(await ledgerOf(app))).toEqual(['baseline', 'opened', 'seen', 'asked']);
  });

  it('does what was approved, and the ledger says by whom', async () => {
    const app = await asking();
    const planId = await askedPlan(app);
    expect(await approve(app, planId, 'approver')).toMatchObject({ status: 202 });
    await ordersServes(app);
    await app.pass(NEXT_SWEEP);

    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
    const ledger = await ledgerOf(app);
    expect(linesOf(ledger).slice(3)).toEqual([
      'asked',
      'approved',
      'seen',
      'decided',
      'intent extendKeyExpiry',
      'outcome extendKeyExpiry done',
      'intent revalidateConsumer',
      'outcome revalidateConsumer done',
      'seen',
      'baseline',
      'closed',
    ]);
    expect(ledger.entries.find(({ kind }) => kind === 'approved')?.detail).toMatchObject({
      planId,
      by: personNamed(app, 'approver').objectId,
    });
  });

  repeated('enters an approval once, however often the key is assessed before it is acted on', async () => {
    const app = await asking();
    await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'maintenance' } }, 200);
    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.pass(A_WHILE);
    expect(linesOf(await ledgerOf(app)).filter((line) => line === 'approved')).toHaveLength(1);
    expect(writes(app)).toEqual([]);
  });

  repeated('asks again when the approval has expired before it could be acted on', async () => {
    const app = await asking();
    await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'maintenance' } }, 200);
    const planId = await askedPlan(app);
    const expires = new Date(app.clock.now() + 10 * MINUTE).toISOString();
    expect(await approve(app, planId, 'approver', { expires })).toMatchObject({ status: 202, body: { expires } });
    await app.pass(20 * MINUTE);
    await liftPause(app, 'approver');
    await app.pass(NEXT_SWEEP);
    expect(await statusOf(app)).toMatchObject({ verdict: 'ask', asked: [{ planId }] });
    expect(writes(app)).toEqual([]);

    expect(await approve(app, planId, 'approver')).toMatchObject({ status: 202 });
    await ordersServes(app);
  });
});

describe('a plan', () => {
  repeated('can be read while it is asked, and is not found once its incident is over', async () => {
    const app = await asking();
    const planId = await askedPlan(app);
    const path = `/api/plans/${planId}`;
    const { body } = await app.door({ method: 'GET', path }, 200);
    expect(body).toMatchObject({ planId, steps: [{ kind: 'extendKeyExpiry' }, { kind: 'revalidateConsumer' }] });
    expect(await approve(app, 'f'.repeat(64), 'approver')).toMatchObject({ status: 404 });

    expect(await approve(app, planId, 'approver')).toMatchObject({ status: 202 });
    await ordersServes(app);
    await app.pass(NEXT_SWEEP);
    await app.door({ method: 'GET', path }, 404);
    expect(await approve(app, planId, 'approver')).toMatchObject({ status: 404 });
  });

  repeated('is not approved until a time that has passed, nor in words that are not understood', async () => {
    const app = await asking();
    const planId = await askedPlan(app);
    const past = await approve(app, planId, 'approver', { expires: '2026-03-01T00:00:00Z' });
    expect([past.status, errorCode(past)]).toEqual([400, 'BadRequest']);
    expect(await approve(app, planId, 'approver', { expires: 'tomorrow' })).toMatchObject({ status: 400 });
    expect(await statusOf(app)).toMatchObject({ approvals: [] });
  });
});

describe('who may approve', () => {
  it('is a person with the role, by a token of their own that is still valid', async () => {
    const app = await asking();
    const planId = await askedPlan(app);
    const stale = await signedIn(app, 'approver', { seconds: 60 });
    const foreign = await signedIn(app, 'approver', { audience: 'api://other' });
    await app.pass(10 * MINUTE);

    expect(await approve(app, planId, 'nobody', { headers: {} })).toMatchObject({ status: 401 });
    expect(await approve(app, planId, 'approver', { headers: stale })).toMatchObject({ status: 401 });
    expect(await approve(app, planId, 'approver', { headers: foreign })).toMatchObject({ status: 401 });
    expect(await approve(app, planId, 'owner')).toMatchObject({ status: 403 });
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(linesOf(await ledgerOf(app))).not.toContain('approved');
  });

  repeated(
    'is known to be another than the one who requested it: nobody requests without a name and a role',
    async () => {
      const app = await asking();
      const request = {
        method: 'POST',
        path: '/api/orchestrators/revalidateConsumer',
        body: { resource: SINGLE },
      } as const;
      expect(await app.call(request)).toMatchObject({ status: 401 });
      expect(await app.call({ ...request, headers: await signedIn(app, 'owner') })).toMatchObject({ status: 403 });
      expect(linesOf(await ledgerOf(app))).not.toContain('requested');
    },
  );

  repeated('is not the one who requested the same for another key of the vault', async () => {
    const keys = [{ name: 'cmk' }, { name: 'other' }];
    const vault = { name: VAULT, permissions: 'accessPolicies' as const, keys };
    const servers = [single('orders'), { ...single('billing'), key: 'other' }];
    const app = await startApp({ world: { vaults: [vault], servers }, wake: 'sweep', settings: APPROVE });
    await app.pass(NEXT_SWEEP);
    app.cloud.world.keyVault.deleteVault(VAULT);
    await app.pass(NEXT_SWEEP);
    const key = `https://${VAULT}.vault.azure.net/keys/other`;
    const headers = await signedIn(app, 'approver');
    await app.door({ method: 'POST', path: '/api/orchestrators/recoverVault', headers, body: { key } }, 202);
    await app.pass(NEXT_SWEEP);
    const refused = await approve(app, await askedPlan(app), 'approver');
    expect([refused.status, errorCode(refused)]).toEqual([403, 'RequesterCannotApprove']);
    expect(writes(app)).toEqual([]);
  });

  it('is not the one who requested it, even after somebody else requested the same', async () => {
    const app = await asking();
    join(app, 'second', ['Approver']);
    for (const name of ['approver', 'requester']) {
      const headers = await signedIn(app, name);
      const path = '/api/orchestrators/revalidateConsumer';
      await app.door({ method: 'POST', path, headers, body: { resource: SINGLE } }, 202);
    }
    await app.pass(NEXT_SWEEP);
    const planId = await askedPlan(app);
    const refused = await approve(app, planId, 'approver');
    expect([refused.status, errorCode(refused)]).toEqual([403, 'RequesterCannotApprove']);
    expect(writes(app)).toEqual([]);

    expect(await approve(app, planId, 'second')).toMatchObject({ status: 202 });
    await ordersServes(app);
    const requested = (await ledgerOf(app)).entries.filter(({ kind }) => kind === 'requested');
    expect(requested.map(({ detail }) => (detail as { by: string }).by)).toEqual([
      personNamed(app, 'approver').objectId,
      personNamed(app, 'requester').objectId,
    ]);
  });
});

describe('a world that has changed since it was asked', () => {
  /** Two servers on two versions; only the first version has expired when the plan is asked. */
  const askingForOne = async (): Promise<App> => {
    const world = orders([single('orders', 1), single('billing', 2)], { versions: 2 });
    const app = await startApp({ world, wake: 'sweep', settings: APPROVE });
    await app.pass(NEXT_SWEEP);
    expireKey(app, 1);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.pass(NEXT_SWEEP);
    return app;
  };
  const breakTheOther = async (app: App): Promise<void> => {
    expireKey(app, 2);
    await app.until('billing is down', () => isDown(app, 'billing'), 15 * MINUTE);
  };

  repeated(
    'makes the old plan 409 with the id of the new one; nothing is written before that one is approved',
    async () => {
      const app = await askingForOne();
      const old = await askedPlan(app);
      await breakTheOther(app);
      const refused = await approve(app, old, 'approver');
      expect([refused.status, errorCode(refused)]).toEqual([409, 'PlanChanged']);
      const { planId } = refused.body as { planId: string };
      expect(planId).not.toBe(old);
      await app.pass(NEXT_SWEEP);
      expect(writes(app)).toEqual([]);

      expect(await askedPlan(app)).toBe(planId);
      expect(await approve(app, planId, 'approver')).toMatchObject({ status: 202 });
      const both = () => serves(app, 'orders') && serves(app, 'billing');
      await app.until('both serve again', both, 30 * MINUTE);
      expect(writes(app)).toHaveLength(4);
    },
  );

  repeated('leaves the old plan good where what is left to do is a part of it', async () => {
    const app = await askingForOne();
    await breakTheOther(app);
    await app.pass(NEXT_SWEEP);
    const whole = await askedPlan(app);
    const { version } = app.cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[1] ?? {};
    const exp = Math.floor(app.clock.now() / 1_000) + 90 * 24 * 3_600;
    app.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', version, { exp });

    expect(await approve(app, whole, 'approver')).toMatchObject({ status: 202 });
    const both = () => serves(app, 'orders') && serves(app, 'billing');
    await app.until('both serve again', both, 30 * MINUTE);
    expect(writes(app).filter((write) => EXTENSION.test(write))).toHaveLength(1);
    expect(writes(app)).toHaveLength(3);
  });
});
