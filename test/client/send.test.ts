import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  approvePlan,
  getHealth,
  getListExpiryUrl,
  getReconciliation,
  listExpiry,
  pause,
  resume,
} from '../../client/api.ts';
import { Refused } from '../../client/refused.ts';
import { type Guardian, sendForText } from '../../client/send.ts';
import { Unreachable } from '../../client/unreachable.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Heard = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** An app that answers every request with this, and records the requests. */
const appThat = async (answers: RequestListener): Promise<{ guardian: Guardian; heard: Heard[] }> => {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    heard.push({ method, url, headers } as Heard);
    answers(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const guardian: Guardian = {
    url: `http://127.0.0.1:${port}`,
    by: 'key',
    proof: async () => ({ 'x-functions-key': 'the key', connection: 'close' }),
  };
  return { guardian, heard };
};

const json =
  (status: number, body: unknown, type = 'application/json'): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(JSON.stringify(body));
  };

const problem = (status: number, detail: string): RequestListener => {
  const error = { code: 'NoDrift', message: detail };
  return json(
    status,
    { type: '/api/problems/NoDrift', title: 'No', status, detail, error },
    'application/problem+json',
  );
};

const urlsOf = (heard: readonly Heard[]) => heard.map(({ method, url }) => `${method} ${url}`);

describe('what the client sends', () => {
  it('goes to the twin where a key opens one, and to the route itself where none does', async () => {
    const { guardian, heard } = await appThat(json(200, {}));
    await listExpiry({ within: 'P90D' }, { guardian });
    await getReconciliation('orders', { guardian });
    await approvePlan('0123abcd', {}, { guardian });
    await getHealth({ guardian });
    await pause({ why: 'x' }, { guardian });
    expect(urlsOf(heard)).toEqual([
      'GET /api/keyed/expiry?within=P90D',
      'GET /api/keyed/reconciliations/orders',
      'POST /api/plans/0123abcd/approval',
      'GET /api/health',
      'PUT /api/keyed/pause',
    ]);
    expect(heard.map(({ headers }) => headers['x-functions-key'])).toEqual(Array(5).fill('the key'));
  });

  it('is sent once more with a proof that is newly issued where the first one is accepted no more, and not a third time', async () => {
    const { guardian, heard } = await appThat(({ headers }, response) => {
      const isNew = headers.authorization === 'Bearer new';
      response.writeHead(isNew ? 200 : 401).end();
    });
    const asked: string[] = [];
    const renewedAs = (renewed: string): Guardian => ({
      ...guardian,
      by: 'token',
      proof: async () => ({ authorization: 'Bearer old', connection: 'close' }),
      renewedProof: async () => {
        asked.push(renewed);
        return { authorization: `Bearer ${renewed}`, connection: 'close' };
      },
    });
    await listExpiry({}, { guardian: renewedAs('new') });
    await pause({ why: 'x' }, { guardian: renewedAs('new') });
    expect(heard.map(({ method, headers }) => `${method} ${headers.authorization}`)).toEqual([
      'GET Bearer old',
      'GET Bearer new',
      'PUT Bearer old',
      'PUT Bearer new',
    ]);
    await expect(listExpiry({}, { guardian: renewedAs('gone as well') })).rejects.toBeInstanceOf(Refused);
    expect(asked).toEqual(['new', 'new', 'gone as well']);
  });

  it('goes to the route itself with a token, which is asked for at each request', async () => {
    const { guardian, heard } = await appThat(json(200, {}));
    const tokens = ['one', 'two'];
    const person: Guardian = {
      ...guardian,
      by: 'token',
      proof: async () => ({ authorization: `Bearer ${tokens.shift()}`, connection: 'close' }),
    };
    await listExpiry({}, { guardian: person });
    await listExpiry({}, { guardian: person });
    expect(urlsOf(heard)).toEqual(['GET /api/expiry', 'GET /api/expiry']);
    expect(heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
  });

  it('has every name in a path as one part of it, whatever is in the name', async () => {
    const { guardian, heard } = await appThat(json(200, {}));
    await getReconciliation('../pause?why=x', { guardian });
    expect(urlsOf(heard)).toEqual(['GET /api/keyed/reconciliations/..%2Fpause%3Fwhy%3Dx']);
  });
});

describe('what the client makes of an answer', () => {
  it('is a refusal where it leads elsewhere: a key goes nowhere but to the app that it is for', async () => {
    const thief = await appThat(json(200, { value: [] }));
    const { guardian } = await appThat((_request, response) =>
      response.writeHead(307, { location: `${thief.guardian.url}/api/expiry` }).end(),
    );
    await expect(listExpiry({}, { guardian })).rejects.toThrow(
      /leads elsewhere.*Write the address of the function app/,
    );
    expect(thief.heard).toEqual([]);
  });

  it('is what was answered: also of a health that is not well, of nothing, and of a list as text', async () => {
    const ill = await appThat(json(503, { status: 'blind' }));
    expect(await getHealth({ guardian: ill.guardian })).toEqual({ status: 'blind' });
    const lifted = await appThat((_request, response) => response.writeHead(204).end());
    expect(await resume(undefined, {}, { guardian: lifted.guardian })).toBeUndefined();
    const csv = await appThat((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b'),
    );
    expect(await sendForText(getListExpiryUrl({ format: 'csv' }), { guardian: csv.guardian })).toBe('a,b');
  });

  it('is a refusal in the words of the app', async () => {
    const { guardian } = await appThat(problem(409, 'Nothing is wrong with it.'));
    const error = await listExpiry({}, { guardian }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({
      message: 'Nothing is wrong with it.',
      status: 409,
      problem: { error: { code: 'NoDrift' } },
    });
  });

  it('is a refusal with what to do where its host or a stranger answers', async () => {
    const { guardian } = await appThat((_request, response) => response.writeHead(401).end());
    await expect(listExpiry({}, { guardian })).rejects.toThrow(/^The key or token is not accepted\. Send a key/);
    const page = await appThat((_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    );
    await expect(listExpiry({}, { guardian: page.guardian })).rejects.toThrow(/502/);
  });

  it('is that nothing answers, where nothing does', async () => {
    const { guardian } = await appThat(json(200, {}));
    for (const stop of stops.splice(0)) await stop();
    const error = await listExpiry({}, { guardian }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unreachable);
    expect((error as Error).message).toBe(
      `Nothing answers at ${guardian.url} (ECONNREFUSED). Is the address right, and may this network reach it?`,
    );
  });
});
