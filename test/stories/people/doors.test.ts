import { describe, expect, it } from 'vitest';
import { A_WHILE, type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { control } from '../../builders/control.ts';
import {
  EXTENSION,
  expectNoLedger,
  isDown,
  KEY,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  REVALIDATION,
  SINGLE,
  single,
  writes,
} from '../../builders/incident.ts';
import { errorCode, INSTANCE, type Status, statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const repair = (app: App, step: string, body: unknown = { key: KEY }) =>
  app.call({ method: 'POST', path: `/api/orchestrators/${step}`, body });

const messageOf = (body: unknown): string => (body as { error: { message: string } }).error.message;

const doorsOnly = (settings: Record<string, string> = {}): Promise<App> =>
  startApp({ world: orders([single('orders')]), wake: 'doors', settings });

describe('the manual start of a repair', () => {
  it('is 202 with a place to look, and ends as any other repair does', async () => {
    const app = await doorsOnly();
    await loseOrders(app);
    const { status, headers, body } = await repair(app, 'extendKeyExpiry', { resource: SINGLE });
    expect(status).toBe(202);
    expect(headers.location).toBe(`/api/keyed/reconciliations/${INSTANCE}`);
    expect(body).toMatchObject({ verdicts: [{ verdict: 'run', step: { kind: 'extendKeyExpiry' } }] });
    await ordersServes(app);
    await app.pass(MINUTE);

    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
    const lines = linesOf(await ledgerOf(app));
    expect(lines.slice(0, 2)).toEqual(['requested', 'opened']);
    expect(lines.at(-1)).toBe('closed');
  });

  repeated('is 409 where nothing is wrong, and starts nothing', async () => {
    const app = await doorsOnly();
    const answer = await repair(app, 'extendKeyExpiry');
    expect([answer.status, errorCode(answer)]).toEqual([409, 'NoDrift']);
    await app.pass(HOUR);
    await expectNoLedger(app);
  });

  repeated('is 409 with what is in its way where it is needed, and in no plan as things are', async () => {
    const app = await doorsOnly();
    await control(app, 'break/set-key-operations', { vault: 'kv-orders', key: 'cmk', operations: ['encrypt'] });
    await app.until('orders is down', () => isDown(app, 'orders'), HOUR);
    const answer = await repair(app, 'revalidateConsumer');
    expect([answer.status, errorCode(answer)]).toEqual([409, 'CannotActNow']);
    expect(messageOf(answer.body)).toMatch(/^Nothing was started: .* is in no plan as things are\. .* --ops /);
    await app.pass(HOUR);
    expect(writes(app)).toEqual([]);
  });

  repeated('is 200 with the plan, and nothing else, in mode observe', async () => {
    const app = await doorsOnly({ GUARDIAN_MODE: 'observe' });
    await loseOrders(app);
    const { status, body } = await repair(app, 'revalidateConsumer');
    expect(status).toBe(200);
    const { plan } = body as { plan: Status['decision']['plan'] };
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['extendKeyExpiry', 'revalidateConsumer']);
    await app.pass(HOUR);
    expect(writes(app)).toEqual([]);
    await expectNoLedger(app);
  });

  it('is refused in words that say what would be right', async () => {
    const app = await doorsOnly();
    const unknown = await repair(app, 'deleteEverything');
    expect(unknown.status).toBe(404);
    for (const name of ['extendKeyExpiry', 'repointConsumer']) expect(messageOf(unknown.body)).toContain(name);

    const bad = await repair(app, 'extendKeyExpiry', { key: 5, resource: [], force: true });
    expect(bad.status).toBe(400);
    for (const fault of ['key', 'resource', 'force']) expect(messageOf(bad.body)).toContain(fault);
    expect((await repair(app, 'extendKeyExpiry', {})).status).toBe(400);
    expect((await repair(app, 'extendKeyExpiry', { key: 'the cmk' })).status).toBe(400);
    expect((await repair(app, 'extendKeyExpiry', { key: 'cmk' })).status).toBe(404);

    for (const elsewhere of [
      { key: 'https://kv-other.vault.azure.net/keys/cmk' },
      { resource: SINGLE.replace(/^\/subscriptions\/[^/]+/, '/subscriptions/00000000-0000-0000-0000-000000000000') },
    ]) {
      const outside = await repair(app, 'extendKeyExpiry', elsewhere);
      expect([outside.status, errorCode(outside)]).toEqual([403, 'OutOfScope']);
    }
    expect((await repair(app, 'extendKeyExpiry', { resource: `${SINGLE}x` })).status).toBe(404);
    const hsm = await repair(app, 'extendKeyExpiry', { key: 'https://kv-orders.managedhsm.azure.net/keys/cmk' });
    expect([hsm.status, errorCode(hsm)]).toEqual([404, 'NotFound']);
    const unread = await repair(app, 'extendKeyExpiry', { resource: SINGLE.replace('/servers/', '/configurations/') });
    expect([unread.status, errorCode(unread)]).toEqual([422, 'CannotBeRead']);
    expect(writes(app)).toEqual([]);
  });

  it('needs a key of the host', async () => {
    const app = await doorsOnly();
    const headers = { 'x-functions-key': 'guess' };
    const call = { method: 'POST', path: '/api/orchestrators/extendKeyExpiry', headers, body: { key: KEY } } as const;
    expect(await app.call(call)).toMatchObject({ status: 401 });
  });
});

describe('what can be read', () => {
  it('is what is wrong, what is done about it, and everything that was done, in an intact chain', async () => {
    const app = await doorsOnly();
    expect(await app.call({ method: 'GET', path: `/api/reconciliations/${INSTANCE}` })).toMatchObject({ status: 404 });
    await loseOrders(app);
    const started = await app.door({ method: 'POST', path: '/api/reconciliations', body: { resource: SINGLE } }, 202);
    expect(started.headers.location).toBe(`/api/keyed/reconciliations/${INSTANCE}`);
    await app.until('the key is extended', () => writes(app).length === 2, HOUR);
    expect(await statusOf(app)).toMatchObject({
      verdict: 'run',
      runtimeStatus: 'Running',
      decision: { findings: [{ kind: 'keyExpired' }, { kind: 'consumerInaccessible' }] },
    });
    await ordersServes(app);
    await app.pass(MINUTE);

    const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
    expect(body).toMatchObject({ value: [{ id: INSTANCE, key: KEY, verdict: 'healthy' }] });
    const byName = await app.door({ method: 'GET', path: '/api/reconciliations/Orders' }, 200);
    expect(byName.body).toMatchObject({ key: KEY, lines: [{ consumer: { name: 'orders' }, verdict: 'healthy' }] });
    const expiring = await app.door({ method: 'GET', path: '/api/expiry?within=P2Y' }, 200);
    expect(expiring.body).toMatchObject({
      value: [{ key: KEY, consumers: [{ name: 'orders' }], outlook: { kind: 'extends' } }],
    });
    const summary = await app.door({ method: 'GET', path: '/api/summary' }, 200);
    expect(summary.body).toMatchObject({
      keys: 1,
      consumersByKind: { mysqlSingleServer: 1 },
      verdicts: { healthy: 1 },
    });
    const { verification, entries } = await ledgerOf(app);
    expect(verification).toMatchObject({ kind: 'intact', head: { seq: entries.length } });
    const { evidence = '' } = entries.find(({ kind }) => kind === 'seen') ?? {};
    const seen = await app.door({ method: 'GET', path: `/api/evidence/${evidence}` }, 200);
    expect(seen.body).toMatchObject({ key: { name: 'cmk' }, vault: { kind: 'present' } });
    expect(await app.call({ method: 'GET', path: `/api/evidence/${'0'.repeat(64)}` })).toMatchObject({ status: 404 });
    expect(await app.call({ method: 'GET', path: '/api/ledger' })).toMatchObject({ status: 400 });
    const never = '/api/ledger?key=https://kv-orders.vault.azure.net/keys/never';
    expect(errorCode(await app.call({ method: 'GET', path: never }))).toBe('UnknownKey');
  });
});

describe('a step that is started past the loop, by the HTTP API of Durable Functions', () => {
  it('ends at once without a write', async () => {
    const app = await doorsOnly();
    await loseOrders(app);
    await repair(app, 'extendKeyExpiry');
    await ordersServes(app);
    await loseOrders(app);
    const before = writes(app).length;
    const { entries } = await ledgerOf(app);
    const decided = entries.find(({ kind }) => kind === 'decided');
    const { plan } = (decided?.detail ?? {}) as { plan?: { steps: readonly unknown[] } };
    const authority = { kind: 'policy' };
    const body = { keyId: KEY, incident: decided?.incident, step: plan?.steps[0], authority };
    expect(body).toMatchObject({ step: { kind: 'extendKeyExpiry' } });
    const path = '/runtime/webhooks/durabletask/orchestrators/extendKeyExpiry/smuggled';
    await app.door({ method: 'POST', path, body: { ...body, head: { seq: 0, hash: '' } } }, 202);
    await app.pass(A_WHILE);

    const instance = '/runtime/webhooks/durabletask/instances/smuggled';
    const { body: ended } = await app.door({ method: 'GET', path: instance }, 200);
    expect(ended).toMatchObject({ runtimeStatus: 'Completed', output: { outcome: 'failed' } });
    expect(writes(app)).toHaveLength(before);
  });
});
