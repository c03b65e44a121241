import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sumsOf } from '../../cli/archive/manifest.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';
import { EXIT, runIn } from './rig.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const SETTINGS = '/api/client-settings';

/**
 * A server of an attacker that answers in place of an app; it records the requests beside those for its settings, with their
 * tokens or keys.
 */
const aStranger = async (signIn: object, answers: RequestListener = (_request, response) => response.end('{}')) => {
  const proofs: unknown[] = [];
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close');
    if (request.url === SETTINGS) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ version: '1.0.0', signIn }));
      return;
    }
    proofs.push(request.headers.authorization);
    answers(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, proofs };
};

const ENTRA = 'https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111';

/** A token as Entra makes it, but for its signature, at which a client does not look. */
const tokenWith = (claims: object): string =>
  ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'c2lnbmVk'].join('.');

const summaryAt = (url: string, token: string, ...words: readonly string[]) =>
  runIn([...words, 'summary'], { environment: { GUARDIAN_URL: url }, signIn: async () => token });

describe('Who answers at a wrong address', () => {
  const scope = 'https://management.azure.com/.default';

  it.each([
    ['of Azure Resource Manager', tokenWith({ aud: 'https://management.azure.com' })],
    ['of Microsoft Graph', tokenWith({ aud: 'https://graph.microsoft.com', roles: ['User.Read.All'] })],
    ['that is none', 'opaque'],
  ])('is sent no token %s, whatever he names as what to ask for', async (_whose, token) => {
    const { url, proofs } = await aStranger({ scope, authority: ENTRA });
    const { exit, said } = await summaryAt(url, token);
    expect(exit).toBe(EXIT.outOfReach);
    expect(said).toMatch(/^The token for https:\/\/management\.azure\.com\/\.default.* is not sent/);
    expect(proofs).toEqual([]);
  });

  it('gets a token that has a role of a CMK Guardian, or is for what the person has named', async () => {
    const { url, proofs } = await aStranger({ scope, authority: ENTRA });
    const [reader, named] = [tokenWith({ roles: ['Reader'] }), tokenWith({})];
    await summaryAt(url, reader);
    await summaryAt(url, named, '--scope-of-api', 'api://mine/.default');
    expect(proofs).toEqual([`Bearer ${reader}`, `Bearer ${named}`]);
  });

  it.each(['https://login.microsoftonline.com.example/x', 'https://example.com/login.microsoftonline.com', 'none'])(
    'has nobody sign in at a host of his own: %s',
    async (authority) => {
      const { url, proofs } = await aStranger({ scope, authority });
      const { exit, said } = await summaryAt(url, tokenWith({ roles: ['Reader'] }));
      expect(exit).toBe(EXIT.outOfReach);
      expect(said).toMatch(/which is no host of Microsoft Entra/);
      expect(proofs).toEqual([]);
    },
  );

  it('moves no cursor by what he says', async () => {
    const detail = 'no\u001b[2J\u001b]52;c;cm0=\u0007\u009b1mpe';
    const { url } = await aStranger({}, (_request, response) =>
      response
        .writeHead(409, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ type: 'x', title: 'x', status: 409, detail, error: { code: 'x', message: detail } })),
    );
    const { said } = await runIn(['summary'], { environment: { GUARDIAN_URL: url, GUARDIAN_KEY: 'key' } });
    expect(said).toMatch(/^no \[2J/);
    expect(said).not.toMatch(/\p{Cc}/u);
  });
});

describe('An export that somebody has forged', () => {
  const forged = (...files: readonly { readonly path: string; readonly text: string }[]): string => {
    const folder = temporaryFolder('forged-');
    mkdirSync(path.join(folder, 'ledger'));
    for (const file of files) writeFileSync(path.join(folder, file.path), file.text);
    writeFileSync(path.join(folder, 'SHA256SUMS'), sumsOf(files));
    return folder;
  };
  const chainOf = (value: unknown) => ({ path: 'ledger/x.json', text: JSON.stringify(value) });
  const intact = { kind: 'intact', head: { seq: 0, hash: '' } };

  it.each([
    ['without a chain', [], /It has no chain of the ledger/],
    ['with what is no chain', [chainOf({ chain: 'product' })], /ledger\/x\.json is no chain/],
    ['with null for a row', [chainOf({ chain: 'product', entries: [null], verification: intact })], /is no chain/],
    [
      'with evidence that leads out of its folder',
      [chainOf({ chain: 'product', entries: [{ seq: 1, evidence: '../../secret' }], verification: intact })],
      /names evidence by what is no hash/,
    ],
  ])('%s is not well', async (_how, files, says) => {
    const { exit, out } = await runIn(['verify', '--export', forged(...files)]);
    expect(exit).toBe(EXIT.wrong);
    expect(out).toMatch(says);
  });

  it('is not believed in what it says of its own anchors', async () => {
    const chain = { chain: 'product', entries: [], verification: intact, anchors: 'locked: proves all' };
    const { out } = await runIn(['verify', '--export', forged(chainOf(chain))]);
    expect(out).toMatch(/Anchors: none compared\./);
    expect(out).not.toContain('proves all');
  });
});
