import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type App, startApp } from '../../builders/app.ts';
import { orders, single } from '../../builders/incident.ts';
import { PEOPLE } from '../../builders/people.ts';

type Got = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly bytes: Buffer };

/** A request of a browser: without a key, and in any form that it can read. */
const get = (app: App, path: string, headers: http.OutgoingHttpHeaders = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    const options = { port: app.host().port, host: '127.0.0.1', path, agent: app.clock.agent };
    const request = http.request({ ...options, headers: { 'accept-encoding': 'br', ...headers } }, async (answer) =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: await buffer(answer) }),
    );
    request.on('error', reject).end();
  });

const textOf = ({ headers, bytes }: Got): string =>
  (headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes).toString();

describe('The page', () => {
  it('is served by the app to whoever asks: whole, safely, and each file that it names', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: PEOPLE });
    const index = await get(app, '/api/ui');
    expect([index.status, index.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(index.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(index.headers['content-security-policy']).toContain('https://login.microsoftonline.com');

    const named = [...textOf(index).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const name of named) expect((await get(app, name)).status).toBe(200);

    const script = await get(app, named.find((name) => /main-\w+\.js$/.test(name)) ?? '');
    expect(script.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': expect.stringMatching('immutable'),
    });
    expect(textOf(script)).toContain('import');

    const again = await get(app, '/api/ui', { 'if-none-match': index.headers.etag });
    expect([again.status, again.bytes.byteLength]).toEqual([304, 0]);
    for (const path of ['/api/ui/manifest.json', '/api/ui/..%2Findex.js', '/api/ui/%2e%2e%2findex.js'])
      expect((await get(app, path)).status).toBe(404);
  });
});
