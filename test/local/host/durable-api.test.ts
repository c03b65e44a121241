import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from './host-process.ts';

const HOUR = 3_600_000;

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess();
});
afterAll(() => host.kill());

const isRunning = ({ runtimeStatus }: { runtimeStatus: string }): boolean => runtimeStatus === 'Running';

describe('the management API', () => {
  it('needs its key', async () => {
    expect((await host.get('/runtime/webhooks/durabletask/instances')).status).toBe(401);
  });

  it('starts an orchestration, and can wait for its end', async () => {
    const path = '/orchestrators/hello?timeout=5&pollingInterval=1';
    expect((await host.durable('POST', path, ['w'])).body).toEqual(['Hello w']);
    const { status, body, headers } = await host.durable('POST', '/orchestrators/hello/mine', ['w']);
    expect([status, body.id, headers.get('location')]).toEqual([202, 'mine', body.statusQueryGetUri]);
    await host.until('mine');
  });

  it('follows the links that it gives out', async () => {
    const { body } = await host.durable('POST', '/orchestrators/approval', String(HOUR));
    const links = body as Record<string, string>;
    await fetch(links['terminatePostUri']?.replace('{text}', 'by-link') ?? '', { method: 'POST' });
    await host.until(links['id'] ?? '');
    expect(await (await fetch(links['statusQueryGetUri'] ?? '')).json()).toMatchObject({ output: 'by-link' });
  });

  it('refuses an unknown orchestrator, bad JSON, a bad id and an id in use', async () => {
    const start = async (path: string, body = 'null') =>
      (await host.durable('POST', `/orchestrators/${path}`, body)).status;
    expect(await start('nope')).toBe(400);
    expect(await start('hello', '{bad')).toBe(400);
    expect(await start('hello/@entity')).toBe(400);
    const id = await host.start('approval', HOUR);
    expect(await start(`hello/${id}`)).toBe(409);
  });

  it('shows a running instance with 202 and the place to ask again', async () => {
    const id = await host.start('approval', HOUR);
    const { status, headers } = await host.durable('GET', `/instances/${id}`);
    expect(status).toBe(202);
    expect(headers.get('retry-after')).toBe('5');
    expect(headers.get('location')).toContain(id);
  });

  it('lists instances in pages, by status and by prefix', async () => {
    for (const name of ['p1', 'p2']) await host.until(await host.start('hello', [], `page-${name}`));
    const first = await host.durable('GET', '/instances?top=1&instanceIdPrefix=page-&runtimeStatus=Completed');
    expect(first.body).toMatchObject([{ instanceId: 'page-p1' }]);
    const token = first.headers.get('x-ms-continuation-token') ?? '';
    const path = '/runtime/webhooks/durabletask/instances?top=1&instanceIdPrefix=page-';
    const headers = { 'x-functions-key': host.ready.masterKey, 'x-ms-continuation-token': token };
    const second = await host.get(path, headers);
    expect(second.body).toMatchObject([{ instanceId: 'page-p2' }]);
    expect(second.headers.get('x-ms-continuation-token')).toBeNull();
    expect((await host.durable('GET', '/instances?instanceIdPrefix=page-&runtimeStatus=Failed')).body).toEqual([]);
  });

  it('purges what has ended since an instant', async () => {
    const id = await host.start('unhandled');
    await host.until(id);
    expect((await host.durable('DELETE', '/instances')).status).toBe(400);
    const path = '/instances?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Failed';
    expect((await host.durable('DELETE', path)).body.instancesDeleted).toBeGreaterThan(0);
    expect((await host.durable('GET', `/instances/${id}`)).status).toBe(404);
    expect((await host.durable('DELETE', path)).status).toBe(404);
  });

  it('says clearly what it leaves out', async () => {
    const { instanceId } = await host.run('unhandled');
    for (const path of [
      `/instances/${instanceId}/rewind`,
      `/instances/${instanceId}/restart`,
      '/entities/Counter/x?op=add',
    ]) {
      const { status, body } = await host.durable('POST', path);
      expect([status, body]).toEqual([501, expect.stringContaining('not supported by the local host')]);
    }
  });
});

describe("the SDK's durable client", () => {
  it('starts, shows, suspends, resumes and raises events', async () => {
    expect(await host.client('startNew', 'approval', { instanceId: 'sdk', input: HOUR })).toEqual({ ok: 'sdk' });
    await host.until('sdk', ({ customStatus }) => customStatus?.stage === 'waiting');
    const { ok } = await host.client('getStatus', 'sdk', { showHistory: true, showInput: true });
    expect(ok).toMatchObject({ name: 'approval', runtimeStatus: 'Running', input: HOUR });
    // The SDK loses the history (azure-functions-durable-js#620).
    expect(ok.history).toBeUndefined();
    expect((await host.client('startNew', 'approval', { instanceId: 'sdk' })).error).toMatch(/409/);
    expect(await host.client('suspend', 'sdk', 'r')).toEqual({ ok: null });
    await host.until('sdk', ({ runtimeStatus }) => runtimeStatus === 'Suspended');
    const suspended = await host.client('getStatusBy', { runtimeStatus: ['Suspended'] });
    expect(suspended.ok).toMatchObject([{ instanceId: 'sdk' }]);
    expect(await host.client('resume', 'sdk', 'r')).toEqual({ ok: null });
    expect(await host.client('raiseEvent', 'sdk', 'approval', { x: 1 })).toEqual({ ok: null });
    expect((await host.until('sdk')).output.approved).toEqual({ x: 1 });
  });

  it('raises no event without data, and none for an unknown instance; one for an ended instance is swallowed', async () => {
    const id = await host.start('approval', HOUR);
    await host.until(id, isRunning);
    expect((await host.client('raiseEvent', id, 'approval')).error).toMatch(/400/);
    await host.client('raiseEvent', id, 'approval', 1);
    await host.until(id);
    expect(await host.client('raiseEvent', id, 'approval', 1)).toEqual({ ok: null });
    expect((await host.client('raiseEvent', 'none', 'approval', 1)).error).toMatch(/No instance with ID 'none' found/);
    expect((await host.client('getStatus', 'none')).error).toMatch(/404/);
  });

  it('terminates and purges', async () => {
    await host.client('startNew', 'approval', { instanceId: 'sdk2', input: HOUR });
    expect(await host.client('terminate', 'sdk2', 'why')).toEqual({ ok: null });
    expect((await host.until('sdk2')).output).toBe('why');
    expect((await host.client('purgeInstanceHistory', 'sdk2')).ok).toEqual({ instancesDeleted: 1 });
    expect((await host.client('purgeInstanceHistory', 'sdk2')).ok).toEqual({ instancesDeleted: 0 });
    await host.run('unhandled');
    const failed = { createdTimeFrom: 0, runtimeStatus: ['Failed'] };
    expect((await host.client('purgeInstanceHistoryBy', failed)).ok.instancesDeleted).toBeGreaterThan(0);
  });

  it('follows the pages of all instances', async () => {
    for (let i = 0; i < 120; i += 20) await Promise.all(Array.from({ length: 20 }, () => host.run('hello', [])));
    expect((await host.client('getStatusAll')).ok.length).toBeGreaterThanOrEqual(120);
  });

  it('waits for the end, or answers with links', async () => {
    expect(await host.post('/api/wait/hello', ['z'])).toMatchObject({ status: 200, body: ['Hello z'] });
    expect(await host.post('/api/wait/unhandled', null)).toMatchObject({
      status: 500,
      body: { runtimeStatus: 'Failed' },
    });
    const links = (await host.client('createHttpManagementPayload', 'abc')).ok;
    expect(links.statusQueryGetUri).toMatch(new RegExp(`^${host.base}/runtime/webhooks/durabletask/instances/abc\\?`));
  });

  it('hears clearly that there are no entities, and no rewind', async () => {
    const { instanceId } = await host.run('unhandled');
    const refused = { error: expect.stringContaining('not supported by the local host') };
    expect(await host.client('rewind', instanceId, 'r')).toEqual(refused);
    expect(await host.client('readEntityState', { entity: ['Counter', 'x'] })).toEqual(refused);
    expect(await host.client('signalEntity', { entity: ['Counter', 'x'] }, 'add', 1)).toEqual(refused);
  });
});
