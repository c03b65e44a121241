import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageManifest } from '../../../src/web/page/manifest.ts';
import { openPage, type PageFiles } from '../../../src/web/page/read-page.ts';
import { securityHeaders } from '../../../src/web/page/security-headers.ts';
import { serveFile } from '../../../src/web/page/serve-file.ts';

const MANIFEST: PageManifest = {
  'index.html': { type: 'text/html; charset=utf-8', hash: 'aa', isImmutable: false, encodings: [] },
  'main-ABCDEFGH.js': { type: 'text/javascript', hash: 'bb', isImmutable: true, encodings: ['br', 'gzip'] },
};

const security = { 'content-security-policy': "default-src 'none'" };

let folder: string;
let page: PageFiles;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-page-'));
  const files = { 'index.html': 'page', 'main-ABCDEFGH.js': 'plain', 'main-ABCDEFGH.js.br': 'br' };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  await writeFile(path.join(folder, 'main-ABCDEFGH.js.gz'), 'gz');
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  page = openPage(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const textOf = ({ bytes }: { readonly bytes?: Uint8Array }): string => Buffer.from(bytes ?? '').toString();

describe('A file of the page', () => {
  it.each([
    [undefined, undefined, 'plain'],
    ['gzip, deflate, br, zstd', 'br', 'br'],
    ['GZIP', 'gzip', 'gz'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'gz'],
    ['br;q=0.0, gzip;q=0', undefined, 'plain'],
    ['brotli', undefined, 'plain'],
  ])('is sent in the smallest form that the sender can read: %p', async (encoding, sent, text) => {
    const answer = await serveFile(page, 'main-ABCDEFGH.js', encoding === undefined ? {} : { encoding }, security);
    expect(answer).toMatchObject({ status: 200, headers: { vary: 'accept-encoding', ...security } });
    expect([answer.headers?.['content-encoding'], textOf(answer)]).toEqual([sent, text]);
  });

  it('is kept for good where its name tells its content, and asked for anew where not', async () => {
    const [hashed, index] = await Promise.all(
      ['main-ABCDEFGH.js', 'index.html'].map((name) => serveFile(page, name, {}, security)),
    );
    expect(hashed?.headers?.['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(index?.headers?.['cache-control']).toBe('no-cache');
  });

  it.each(['"aa"', 'W/"aa"', '"zz", "aa"'])('is not sent again to who has it: %s', async (etag) => {
    const answer = await serveFile(page, 'index.html', { etag }, security);
    expect([answer.status, answer.bytes]).toEqual([304, undefined]);
    expect((await serveFile(page, 'index.html', { etag: '"bb"' }, security)).status).toBe(200);
  });

  it.each(['manifest.json', 'main-ABCDEFGH.js.br', '../package.json', 'toString', '__proto__', '', '.', 'INDEX.html'])(
    'is none where the list does not name it: %p',
    async (name) => {
      expect(await serveFile(page, name, {}, security)).toMatchObject({
        status: 404,
        body: { error: { code: 'NotFound' } },
      });
    },
  );
});

describe('What a browser may do with the page', () => {
  const tokens = { authorizeUrl: 'https://login.microsoftonline.us/tenant/oauth2/v2.0/authorize' };
  const policyOf = (given: typeof tokens | undefined): readonly string[] =>
    (securityHeaders(given)['content-security-policy'] ?? '').split('; ');

  it('is to run its own files, and to talk to the app and to where people sign in', () => {
    expect(policyOf(tokens)).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "connect-src 'self' https://login.microsoftonline.us",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policyOf(tokens).join()).not.toMatch(/unsafe|\*|data:/);
  });

  it('is to talk to the app alone where nobody signs in', () => {
    expect(policyOf(undefined)).toEqual(expect.arrayContaining(["connect-src 'self'", "frame-src 'none'"]));
  });
});
