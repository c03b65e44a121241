import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendWithin } from '../../../infra/sign-in/graph.ts';

describe('A request of the commands of a deployer', () => {
  const server = createServer((request, response) => {
    if (request.url === '/hangs') return;
    response.writeHead(request.url === '/proxy' ? 502 : 200).end(request.url === '/proxy' ? '<html>' : '{"value":1}');
  });
  let origin: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const get = (path: string, milliseconds: number) =>
    sendWithin(milliseconds)({ method: 'GET', url: `${origin}${path}`, headers: {} });

  it('ends where its host hangs', async () => {
    await expect(get('/hangs', 20)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is answered in JSON, or by something on the way that speaks none', async () => {
    expect(await get('/well', 60_000)).toEqual({ status: 200, body: { value: 1 } });
    expect(await get('/proxy', 60_000)).toMatchObject({ status: 502, body: { error: { code: 'NotJson' } } });
  });
});
