import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from './host-process.ts';

let host: HostProcess;
const key = (value: string) => ({ 'x-functions-key': value });
beforeAll(async () => {
  host = await startHostProcess();
});
afterAll(() => host.kill());

describe('an HTTP function', () => {
  it('gets route, query, headers and body, and its answer arrives whole', async () => {
    const headers = { ...key(host.ready.masterKey), 'x-test': 't' };
    const answer = await host.post('/api/ECHO/5/x%20y?a=1&a=2&b=', 'hé', headers);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-fn')).toBe('echo');
    expect(answer.headers.get('set-cookie')).toBe('c=v; Path=/; HttpOnly');
    expect(answer.body).toEqual({
      method: 'POST',
      params: { id: '5', rest: 'x y' },
      query: { a: '1,2', b: '' },
      body: 'hé',
      header: 't',
    });
  });

  it('is not found under another verb, or with a value that its route refuses', async () => {
    expect((await host.get('/api/echo/abc', key(host.ready.masterKey))).status).toBe(404);
    const put = await fetch(`${host.base}/api/echo/5`, { method: 'PUT', headers: key(host.ready.masterKey) });
    expect(put.status).toBe(404);
  });

  it('is not reached by a path that is not properly encoded', async () => {
    expect((await host.get('/api/echo/5/%zz', key(host.ready.masterKey))).status).toBe(400);
  });

  it('that throws is a 500 without a body, and one that returns nothing a 204', async () => {
    expect(await host.get('/api/boom')).toMatchObject({ status: 500, body: undefined });
    expect((await host.get('/api/nothing')).status).toBe(204);
  });

  it('that answers with what HTTP does not allow is a 500, and the host lives on', async () => {
    expect((await host.get('/api/impossible')).status).toBe(500);
    expect((await host.get('/api/nothing')).status).toBe(204);
  });

  it('takes and returns bytes', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const answer = await fetch(`${host.base}/api/binary`, { method: 'POST', body: bytes });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });

  it('does not see a body above 100 MB', async () => {
    const answer = await fetch(`${host.base}/api/binary`, { method: 'POST', body: Buffer.alloc(104_857_601) });
    expect(answer.status).toBe(413);
  });
});

describe('keys', () => {
  it('a function of level function opens to the host key and the master key only', async () => {
    const statusWith = async (value: string) => (await host.get('/api/echo/5', key(value))).status;
    expect((await host.get('/api/echo/5')).status).toBe(401);
    expect(await statusWith('wrong')).toBe(401);
    expect(await statusWith(`${host.ready.functionKey.slice(1)}\xe9`)).toBe(401);
    expect(await statusWith(host.ready.systemKeys.durabletask_extension)).toBe(401);
    expect(await statusWith(host.ready.functionKey)).toBe(201);
    expect(await statusWith(host.ready.masterKey)).toBe(201);
  });

  it('a function of level admin opens to the master key only', async () => {
    expect((await host.get('/api/secret', key(host.ready.functionKey))).status).toBe(401);
    expect((await host.get('/api/secret', key(host.ready.masterKey))).body).toBe('for admins');
  });

  it('may come as the query parameter code, and the header wins over it', async () => {
    const withCode = `/api/echo/5?code=${host.ready.functionKey}`;
    expect((await host.get(withCode)).status).toBe(201);
    expect((await host.get(withCode, key('wrong'))).status).toBe(401);
  });

  it('are kept for the next start, readable by their owner only', async () => {
    expect(statSync(path.join(host.state, 'keys.json')).mode & 0o777).toBe(0o600);
    const other = await startHostProcess({ state: host.state, args: ['--no-auth'] });
    expect(other.ready.masterKey).toBe(host.ready.masterKey);
    expect((await other.get('/api/secret')).status).toBe(200);
    await other.kill();
  });
});

describe('the admin API', () => {
  it('lists functions for the holder of the master key', async () => {
    expect((await host.get('/admin/functions')).status).toBe(401);
    const { body } = await host.get('/admin/functions', key(host.ready.masterKey));
    expect(body.map(({ name }: { name: string }) => name)).toContain('hello');
    const echo = await host.get('/admin/functions/echo', key(host.ready.masterKey));
    expect(echo.body.invoke_url_template).toBe(`${host.base}/api/echo/{id:int}/{rest?}`);
    expect((await host.get('/admin/functions/nope', key(host.ready.masterKey))).status).toBe(404);
  });

  it('starts an Event Grid function and a timer function by hand', async () => {
    const start = (name: string, input: string) =>
      host.post(`/admin/functions/${name}`, { input }, key(host.ready.masterKey));
    const event = JSON.stringify({ id: 'adm', subject: 's', data: {} });
    expect((await start('onEvent', event)).status).toBe(202);
    expect((await host.until('evt-adm')).output).toEqual(['Hello s']);
    expect((await start('tick', '')).status).toBe(202);
    expect((await start('hello', '')).status).toBe(400);
  });

  it('says that the host runs', async () => {
    expect((await host.get('/admin/host/ping', key(host.ready.masterKey))).status).toBe(200);
    expect((await host.get('/admin/host/status', key(host.ready.masterKey))).body.state).toBe('Running');
  });
});

describe('the Event Grid webhook', () => {
  const path = '/runtime/webhooks/eventgrid?functionName=onEvent';
  const event = (id: string, eventType = 'ok') => ({
    id,
    eventType,
    subject: `/s/${id}`,
    topic: 't',
    data: { Key: id },
  });
  const deliver = (type: string, body: unknown, functionName = 'onEvent') => {
    const headers = { ...key(host.ready.systemKeys.eventgrid_extension), 'aeg-event-type': type };
    return host.post(`/runtime/webhooks/eventgrid?functionName=${functionName}`, body, headers);
  };
  const seen = async () => (await host.get('/api/seen')).body;

  it('opens to its own system key and the master key', async () => {
    const statusWith = async (value: string) =>
      (await host.post(path, [], { ...key(value), 'aeg-event-type': 'Notification' })).status;
    expect((await host.post(path, [])).status).toBe(401);
    expect(await statusWith(host.ready.systemKeys.durabletask_extension)).toBe(401);
    expect(await statusWith(host.ready.masterKey)).toBe(202);
  });

  it('refuses an unknown function and an unknown kind of message', async () => {
    expect(await deliver('Notification', [], 'nope')).toMatchObject({
      status: 404,
      body: "cannot find function: 'nope'",
    });
    expect((await deliver('', [])).status).toBe(400);
    expect((await deliver('Notification', '{')).status).toBe(400);
  });

  it('answers the validation of both schemas', async () => {
    const eventGrid = [{ data: { validationCode: 'abc' } }];
    expect((await deliver('SubscriptionValidation', eventGrid)).body).toEqual({ validationResponse: 'abc' });
    const cloudEvents = { data: JSON.stringify({ validationCode: 'ce' }) };
    expect((await deliver('SubscriptionValidation', cloudEvents)).body).toEqual({ validationResponse: 'ce' });
    expect((await deliver('SubscriptionValidation', [])).status).toBe(400);
  });

  it('runs the function once per event, and accepts the batch when all succeed', async () => {
    expect((await deliver('Notification', [event('1'), event('2')])).status).toBe(202);
    expect((await host.until('evt-2')).output).toEqual(['Hello /s/2']);
    const { events } = await seen();
    const one = events.find((each: { event: { id: string } }) => each.event.id === '1');
    expect(one.event.data).toEqual({ Key: '1' });
    // @azure/functions changes the case of keys in the trigger metadata, and there only.
    expect(one.metadata.data).toEqual({ key: '1' });
  });

  it('refuses the whole batch when one event fails', async () => {
    expect((await deliver('Notification', [event('3'), event('4', 'fail')])).status).toBe(500);
    expect((await host.until('evt-3')).output).toEqual(['Hello /s/3']);
  });

  it('gives all events at once to a function of cardinality many', async () => {
    expect((await deliver('Notification', [event('7'), event('8')], 'onBatch')).status).toBe(202);
    expect((await seen()).batches.at(-1)).toMatchObject([{ id: '7' }, { id: '8' }]);
  });

  it('accepts the end of a subscription', async () => {
    expect((await deliver('Unsubscribe', [])).status).toBe(202);
  });
});

describe('a port that is taken', () => {
  it('is a clear message and exit code 1', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as AddressInfo;
    const start = startHostProcess({ args: ['--port', String(port)] });
    await expect(start).rejects.toThrow(`the host ended (1) before it was ready: port ${port} is taken`);
    squatter.close();
  });
});
