import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePerson } from '../../src/web/token.ts';

const ISSUER = 'https://login.microsoftonline.com/tenant/v2.0';
const AUDIENCE = 'api://cmk-guardian';
const now = Math.floor(Date.now() / 1000);

const entra = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256', { extractable: true });
const next = await generateKeyPair('RS256', { extractable: true });
/** Entra always has several, and names no algorithm. */
const jwks = {
  keys: [
    { ...(await exportJWK(entra.publicKey)), kid: 'entra', use: 'sig' },
    { ...(await exportJWK(next.publicKey)), kid: 'next', use: 'sig' },
  ],
};
const server = http.createServer((_request, answer) => answer.end(JSON.stringify(jwks)));

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

const settings = () => ({
  issuers: [ISSUER],
  audience: AUDIENCE,
  jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
  tenantId: 'tenant',
  authorizeUrl: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/authorize',
});

/** The token of a person with the role Approver, unless the test says otherwise. */
const aToken = (claims: JWTPayload = {}, key = entra.privateKey): Promise<string> =>
  new SignJWT({ oid: 'person-1', scp: 'access', roles: ['Approver'], preferred_username: 'kim@contoso.com', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'entra' })
    .setIssuer(String(claims.iss ?? ISSUER))
    .setAudience(String(claims.aud ?? AUDIENCE))
    .setExpirationTime(claims.exp ?? now + 3600)
    .sign(key);

const prove = async (claims?: JWTPayload, key?: typeof entra.privateKey) =>
  provePerson(`Bearer ${await aToken(claims, key)}`, settings());

describe('a person is proven by a token that the app verifies itself', () => {
  it('by object id, name and roles', async () => {
    const person = { objectId: 'person-1', name: 'kim@contoso.com', roles: ['Approver'] };
    expect(await prove()).toMatchObject({ kind: 'person', person });
  });

  it.each([
    ['was signed by somebody else', {}, stranger.privateKey],
    ['has expired', { exp: now - 3600 }, undefined],
    ['was issued for another app', { aud: 'api://other' }, undefined],
    ['was issued by another tenant', { iss: 'https://login.microsoftonline.com/other/v2.0' }, undefined],
    ['names no object id', { oid: undefined }, undefined],
    ['is an application’s, not a person’s', { scp: undefined }, undefined],
  ])('and not when it %s', async (_why, claims, key) => {
    expect(await prove(claims as JWTPayload, key)).toMatchObject({ kind: 'refused', why: expect.any(String) });
  });

  it.each([undefined, '', 'Basic abc', 'Bearer', 'Bearer not.a.token'])('and not by the header %p', async (header) => {
    expect(await provePerson(header, settings())).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['names no key', { alg: 'RS256' }, 'kid'],
    ['names a key that there is not', { alg: 'RS256', kid: 'other' }, 'does not have'],
    ['names a key that signed another', { alg: 'RS256', kid: 'next' }, 'signature'],
    ['demands an extension', { alg: 'RS256', kid: 'entra', crit: ['of-my-own'], 'of-my-own': 1 }, 'crit'],
    ['is not signed', { alg: 'none', kid: 'entra' }, 'RS256'],
    ['is signed by what is public', { alg: 'HS256', kid: 'entra' }, 'RS256'],
    ['has no algorithm', { kid: 'entra' }, 'no token'],
  ])('and not when its header %s, which is the sender’s fault and not that of Entra', async (_why, header, words) => {
    const [, payload, signature] = (await aToken()).split('.');
    const token = [Buffer.from(JSON.stringify(header)).toString('base64url'), payload, signature].join('.');
    expect(await provePerson(`Bearer ${token}`, settings())).toEqual({
      kind: 'refused',
      why: expect.stringContaining(words),
    });
  });

  it('and it is no refusal when the keys of Entra cannot be fetched', async () => {
    const unreachable = { ...settings(), jwksUrl: 'http://127.0.0.1:9/keys' };
    await expect(provePerson(`Bearer ${await aToken()}`, unreachable)).rejects.toThrow();
  });
});
