import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { named } from '../sdk.ts';
import { aBrowser, CHALLENGE, LOGIN, PAGE, returned, SERVER } from './browser.ts';
import { fetchFrom } from './fetch-from.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('signing in with Entra', () => {
  it('asks a person who they are, and gives the page a code for what it asked', async () => {
    const { authorize, choose, codeFor, redeem, cloud, entra, appId } = await aBrowser();
    const page = await authorize();
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('approver@example.com');
    const back = await choose('approver');
    expect(back.status).toBe(302);
    expect(back.headers['location']?.startsWith(`${PAGE}#`)).toBe(true);
    expect(returned(back)).toMatchObject({
      state: 'a state',
      code: expect.any(String),
      session_state: expect.any(String),
    });

    const { status, body } = await redeem(await codeFor('approver'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: `api://${appId}/Guardian.Access` });
    const { objectId } = named(cloud, 'approver');
    const jwks = createRemoteJWKSet(new URL(`${LOGIN}/${entra.tenantId}/discovery/v2.0/keys`), {
      [customFetch]: fetchFrom(cloud),
    });
    const { payload } = await jwtVerify(body['access_token'] ?? '', jwks, {
      issuer: `${LOGIN}/${entra.tenantId}/v2.0`,
      audience: appId,
      currentDate: new Date(cloud.world.clock.now()),
    });
    expect(payload).toMatchObject({
      ...{ oid: objectId, name: 'approver', preferred_username: 'approver@example.com', ver: '2.0' },
      ...{ azp: appId, scp: 'Guardian.Access', roles: ['Approver'] },
    });
    expect(decodeJwt(body['id_token'] ?? '')).toMatchObject({
      aud: appId,
      nonce: 'a nonce',
      oid: objectId,
      ver: '2.0',
    });
    const info = JSON.parse(Buffer.from(body['client_info'] ?? '', 'base64url').toString());
    expect(info).toEqual({ uid: objectId, utid: entra.tenantId });
  });

  it('gives a page that asks for all of its own application what that offers, and says so', async () => {
    const { codeFor, redeem, appId } = await aBrowser();
    const scope = `${appId}/.default openid profile offline_access`;
    const { body } = await redeem(await codeFor('approver', { scope }), { scope });
    expect(body['scope']).toBe(`${appId}/Guardian.Access ${appId}/.default`);
    expect(decodeJwt(body['access_token'] ?? '')).toMatchObject({ aud: appId, scp: 'Guardian.Access' });
    expect(decodeJwt(body['id_token'] ?? '')['roles']).toEqual(['Approver']);
  });

  it('sends back by the query where that is asked for', async () => {
    const { choose } = await aBrowser();
    const back = await choose('approver', { response_mode: 'query' });
    expect(new URL(back.headers['location'] ?? '').searchParams.get('state')).toBe('a state');
  });

  it('needs nobody to choose again while they are signed in, and asks anew where the application wants it', async () => {
    const { authorize, choose } = await aBrowser();
    const cookie = (await choose('approver')).headers['set-cookie']?.split(';')[0] ?? '';
    for (const more of [{}, { prompt: 'none' }, { login_hint: 'approver@example.com' }])
      expect(returned(await authorize(more, cookie))).toMatchObject({ code: expect.any(String) });
    for (const more of [{ prompt: 'select_account' }, { prompt: 'login' }, { login_hint: 'reader@example.com' }])
      expect((await authorize(more, cookie)).status).toBe(200);
  });

  it('lists first whom the application means', async () => {
    const { authorize } = await aBrowser();
    const { text } = await authorize({ login_hint: 'requester@example.com' });
    expect([...text.matchAll(/<small>([^<]+)/g)][0]?.[1]).toBe('requester@example.com');
  });

  it('refuses in silence who is not signed in', async () => {
    const { authorize } = await aBrowser();
    expect(returned(await authorize({ prompt: 'none' }))).toMatchObject({
      error: 'login_required',
      error_description: expect.stringContaining('AADSTS50058'),
      state: 'a state',
    });
  });

  it('tells whom an application does not let in', async () => {
    const { choose } = await aBrowser();
    const answer = await choose('requester');
    expect([answer.status, answer.text.includes('AADSTS50105')]).toEqual([403, true]);
  });

  it.each([
    ['no client', { client_id: undefined }, 'AADSTS900144'],
    ['an unknown client', { client_id: '11111111-1111-4111-8111-111111111111' }, 'AADSTS700016'],
    ['no redirect URI', { redirect_uri: undefined }, 'AADSTS50011'],
    ['a redirect URI with a slash more', { redirect_uri: `${PAGE}/` }, 'AADSTS50011'],
    ['a redirect URI in other letters', { redirect_uri: PAGE.toUpperCase() }, 'AADSTS50011'],
    ['somebody else’s redirect URI', { redirect_uri: 'https://thief.example/' }, 'AADSTS50011'],
  ])('never sends anybody away with %s', async (_what, more, code) => {
    const { authorize, choose } = await aBrowser();
    for (const answer of [await authorize(more), await choose('approver', more)]) {
      expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
      expect(answer.text).toContain(code);
    }
  });

  it.each([
    ['no challenge of a page', { code_challenge: undefined, code_challenge_method: undefined }, 'AADSTS9002325'],
    ['a challenge that is the verifier itself', { code_challenge_method: 'plain' }, 'AADSTS50149'],
    ['a challenge without its method', { code_challenge_method: undefined }, 'AADSTS50149'],
    ['a short challenge', { code_challenge: CHALLENGE.slice(1) }, 'AADSTS501491'],
    ['a token in place of a code', { response_type: 'token' }, 'AADSTS700054'],
    ['no response type', { response_type: undefined }, 'AADSTS900144'],
    ['an unknown response mode', { response_mode: 'form_post' }, 'AADSTS70007'],
    ['an unknown prompt', { prompt: 'now' }, 'AADSTS90023'],
    ['no scope', { scope: undefined }, 'AADSTS900144'],
    ['two resources', { scope: 'https://graph.microsoft.com/User.Read api://another/Use' }, 'AADSTS28000'],
  ])('tells the application of %s', async (_what, more, code) => {
    const { authorize, choose } = await aBrowser();
    for (const answer of [await authorize(more), await choose('approver', more)])
      expect(returned(answer)).toMatchObject({
        error: expect.any(String),
        error_description: expect.stringContaining(code),
        state: 'a state',
      });
  });

  it('refuses a scope that the application does not offer', async () => {
    const { authorize, appId } = await aBrowser();
    const { error_description } = returned(await authorize({ scope: `api://${appId}/Guardian.Everything` }));
    expect(error_description).toContain('AADSTS650053');
  });

  it('shows a name as text, whatever it holds', async () => {
    const { authorize, entra } = await aBrowser();
    entra.createUser({ name: '<script>alert(1)</script>' });
    const { text } = await authorize({ state: '"><script>' });
    expect(text).not.toContain('<script>');
  });
});

describe('a code', () => {
  it('is taken once', async () => {
    const { codeFor, redeem } = await aBrowser();
    const code = await codeFor('approver');
    expect((await redeem(code)).status).toBe(200);
    const again = await redeem(code);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [54005],
      error_uri: 'https://login.microsoftonline.com/error?code=54005',
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
      timestamp: '2026-11-22 00:00:00Z',
    });
  });

  it('lasts ten minutes of the world', async () => {
    const { cloud, codeFor, redeem } = await aBrowser();
    const [early, late] = [await codeFor('approver'), await codeFor('approver')];
    await cloud.world.clock.advance(10 * MINUTE - 1);
    expect((await redeem(early)).status).toBe(200);
    await cloud.world.clock.advance(1);
    expect((await redeem(late)).body).toMatchObject({ error: 'invalid_grant', error_codes: [70008] });
  });

  it.each([
    ['another verifier', { code_verifier: 'another-verifier-of-at-least-forty-three-characters' }, 501481],
    ['no verifier', { code_verifier: undefined }, 50148],
    ['another redirect URI', { redirect_uri: SERVER }, 500112],
    ['a code that was never given', { code: '1.code.nonsense' }, 70000],
    ['no code', { code: undefined }, 900144],
    ['an unknown client', { client_id: '11111111-1111-4111-8111-111111111111' }, 700016],
    ['a grant that there is not', { grant_type: 'password' }, 70003],
  ])('is refused with %s', async (_what, more, code) => {
    const { codeFor, redeem } = await aBrowser();
    const { status, body } = await redeem(await codeFor('approver'), more);
    expect([status, body['error_codes']]).toEqual([400, [code]]);
  });

  it('of a page is redeemed by a page of that place alone', async () => {
    const { codeFor, redeem } = await aBrowser();
    const fromServer = await redeem(await codeFor('approver'), {}, {});
    expect(fromServer.body['error_codes']).toEqual([9002327]);
    const fromThief = await redeem(await codeFor('approver'), {}, { origin: 'https://thief.example' });
    expect(fromThief.body['error_codes']).toEqual([9002326]);
    expect(fromThief.headers['access-control-allow-origin']).toBeUndefined();
    const own = await redeem(await codeFor('approver'));
    expect(own.headers['access-control-allow-origin']).toBe('https://guardian.example');
  });

  it('of a server is redeemed by its secret, and by no page', async () => {
    const { codeFor, redeem } = await aBrowser();
    const onServer = { redirect_uri: SERVER };
    const withSecret = { ...onServer, client_secret: 'a server’s secret' };
    const code = () => codeFor('approver', onServer);
    expect((await redeem(await code(), withSecret, {})).status).toBe(200);
    expect((await redeem(await code(), onServer, {})).body['error_codes']).toEqual([7000218]);
    expect((await redeem(await code(), { ...withSecret, client_secret: 'wrong' }, {})).body['error_codes']).toEqual([
      7000215,
    ]);
    expect((await redeem(await code(), withSecret)).body['error_codes']).toEqual([9002326]);
  });
});

describe('a renewal', () => {
  it('gives the roles that the person has by now', async () => {
    const { codeFor, redeem, renew, give, READER } = await aBrowser();
    const { body } = await redeem(await codeFor('approver'));
    give('approver', READER);
    const renewed = await renew(body['refresh_token'] ?? '');
    expect(decodeJwt(renewed.body['access_token'] ?? '')['roles']).toEqual(['Approver', 'Reader']);
    expect(renewed.headers['access-control-allow-origin']).toBe('https://guardian.example');
  });

  it('is refused when nothing lets the person in any more', async () => {
    const { codeFor, redeem, renew, entra } = await aBrowser();
    const { body } = await redeem(await codeFor('approver'));
    for (const { id } of entra.registrations.assignments()) entra.registrations.unassign(id);
    expect((await renew(body['refresh_token'] ?? '')).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50105],
    });
  });

  it('ends a day after the sign-in, however often it was made', async () => {
    const { cloud, codeFor, redeem, renew } = await aBrowser();
    const { body } = await redeem(await codeFor('approver'));
    expect(body['refresh_token_expires_in']).toBe((24 * HOUR) / 1_000);
    await cloud.world.clock.advance(23 * HOUR);
    const renewed = await renew(body['refresh_token'] ?? '');
    expect([renewed.status, renewed.body['refresh_token_expires_in']]).toEqual([200, HOUR / 1_000]);
    await cloud.world.clock.advance(HOUR);
    expect((await renew(renewed.body['refresh_token'] ?? '')).body['error_codes']).toEqual([700084]);
  });

  it('is made by a page of that place alone, and with a token that was given', async () => {
    const { codeFor, redeem, renew } = await aBrowser();
    const { body } = await redeem(await codeFor('approver'));
    expect((await renew(body['refresh_token'] ?? '', {})).body['error_codes']).toEqual([9002327]);
    expect((await renew('1.refresh.nonsense')).body['error_codes']).toEqual([70000]);
  });

  it('is not to be had without offline_access', async () => {
    const { codeFor, redeem, appId } = await aBrowser();
    const scope = `api://${appId}/Guardian.Access openid`;
    expect((await redeem(await codeFor('approver', { scope }), { scope })).body['refresh_token']).toBeUndefined();
  });
});

describe('what a page asks across origins', () => {
  it('is metadata, which any page may read', async () => {
    const { ask, tenant } = await aBrowser();
    const metadata = await ask(`${tenant}/v2.0/.well-known/openid-configuration`);
    expect(metadata.headers['access-control-allow-origin']).toBe('*');
    expect(JSON.parse(metadata.text)).toMatchObject({
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
    });
    const url = `${LOGIN}/common/discovery/instance?api-version=1.1&authorization_endpoint=${tenant}/oauth2/v2.0/authorize`;
    expect((await ask(url)).headers['access-control-allow-origin']).toBe('*');
  });

  it('may be announced before', async () => {
    const { ask, tenant } = await aBrowser();
    const headers = { origin: 'https://guardian.example', 'access-control-request-headers': 'x-client-sku' };
    const answer = await ask(`${tenant}/oauth2/v2.0/token`, { method: 'OPTIONS', headers });
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-headers': 'x-client-sku' } });
  });
});

describe('signing out', () => {
  it('ends the session, and leads back to a registered place', async () => {
    const { ask, authorize, choose, tenant, appId } = await aBrowser();
    const cookie = (await choose('approver')).headers['set-cookie']?.split(';')[0] ?? '';
    const query = new URLSearchParams({ client_id: appId, post_logout_redirect_uri: PAGE, state: 'bye' });
    const out = await ask(`${tenant}/oauth2/v2.0/logout?${query}`, { headers: { cookie } });
    expect([out.status, out.headers['location']]).toEqual([302, `${PAGE}?state=bye`]);
    expect(out.headers['set-cookie']).toContain('Max-Age=0');
    expect(returned(await authorize({ prompt: 'none' }, cookie))['error']).toBe('login_required');
  });

  it('leads nowhere else', async () => {
    const { ask, tenant } = await aBrowser();
    const out = await ask(`${tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=https://thief.example/`);
    expect([out.status, out.headers['location']]).toEqual([200, undefined]);
  });
});
