import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchFrom } from '../entra/fetch-from.ts';
import { aCloud } from '../sdk.ts';

const server = http.createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

it('a host beside the cloud answers at the name of its site, and at no other', async () => {
  const { port } = server.address() as AddressInfo;
  const cloud = await aCloud({ hostBeside: (site) => (site === 'cmk-guardian' ? port : undefined) });
  const answer = await fetchFrom(cloud)('https://cmk-guardian.azurewebsites.net/api/ui?x=1');
  expect([answer.status, await answer.text()]).toEqual([200, 'cmk-guardian.azurewebsites.net /api/ui?x=1']);
  expect((await fetchFrom(cloud)('https://another.azurewebsites.net/')).status).toBe(404);
});
