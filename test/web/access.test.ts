import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertTokens, LoopSettings, TokenSettings } from '../../src/loop/guardian.ts';
import { ROLES, ROUTES, type RouteName, type Way } from '../../src/surface.ts';
import { admitCaller, type DoorAccess } from '../../src/web/access.ts';
import { anyCharacter } from '../builders/arbitrary-text.ts';
import { entraIssuer, TENANT, V1, V2 } from '../builders/entra-issuer.ts';

const AUDIENCE = '22222222-2222-2222-2222-222222222222';
const AZNS = '461e8683-5575-4561-ac7f-899cc907d62a';
const ROLE = 'ActionGroupsSecureWebhook';
const SIGN_IN = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`;

const entra = await entraIssuer();
beforeAll(entra.open);
afterAll(entra.close);

const people = (jwksUrl = entra.jwksUrl()): TokenSettings => ({
  issuers: [V2, V1],
  audience: AUDIENCE,
  jwksUrl,
  tenantId: TENANT,
  authorizeUrl: SIGN_IN,
});
const groups = (jwksUrl = entra.jwksUrl()): AlertTokens => ({
  ...people(jwksUrl),
  application: AZNS,
});

type Asking = {
  readonly way?: Way;
  readonly authorization?: string | undefined;
  readonly showsKey?: boolean;
  readonly params?: Record<string, string>;
  readonly query?: string;
};

const ask = (
  name: RouteName,
  { way = 'token', authorization, showsKey = false, params = {}, query = '' }: Asking,
  { tokens, alertTokens }: { tokens?: TokenSettings; alertTokens?: AlertTokens } = {},
): Promise<DoorAccess> => {
  const one = ROUTES.find((route) => route.name === name);
  if (!one) throw new Error(`There is no route ${name}`);
  const sent = { params, query: new URLSearchParams(query), showsKey, ...(authorization && { authorization }) };
  const settings = { approval: { validity: 'P1D', ...(tokens && { tokens }) }, ...(alertTokens && { alertTokens }) };
  return admitCaller(one, way, sent, settings as LoopSettings);
};

const refusedWith = (status: number, words: RegExp, headers?: object) => ({
  kind: 'closed',
  answer: {
    status,
    ...(headers && { headers }),
    body: { error: { message: expect.stringMatching(words) } },
  },
});

describe('Where people approve, a key alone', () => {
  it.each([
    ['lifts nothing', 'resume', 'key'],
    ['lifts nothing at the old path', 'allow-healing', 'token'],
    ['requests no repair', 'start-repair', 'key'],
    ['approves nothing', 'approve-plan', 'token'],
    ['accepts no move of a vault', 'accept-vault-move', 'token'],
    ['lets no subscription go', 'release-subscriptions', 'token'],
  ] as const)('%s, and is told who does', async (_what, name, way) => {
    const access = await ask(name, { way, showsKey: true }, { tokens: people() });
    expect(access).toMatchObject(refusedWith(401, /No key does this.*Bearer.*app role .*Approver/));
  });

  it('is not offered to whoever shows nothing, for what no key opens', async () => {
    const said = async (name: RouteName) => JSON.stringify(await ask(name, {}, { tokens: people() }));
    expect(await said('list-reconciliations')).toMatch(/or send a key to \/api\/keyed\/reconciliations/);
    for (const name of ['resume', 'allow-healing', 'start-repair', 'approve-plan'] as const)
      expect(await said(name)).not.toMatch(/send a key/);
  });

  it('pauses, forbids and looks, at the twin', async () => {
    for (const name of ['pause', 'forbid-healing', 'list-reconciliations', 'start-sweep'] as const)
      expect(await ask(name, { way: 'key' }, { tokens: people() })).toMatchObject({ caller: { kind: 'functionKey' } });
  });
});

describe('Where nobody approves', () => {
  it('whoever the host let in by the master key lifts an override', async () => {
    expect(await ask('resume', { way: 'key' })).toMatchObject({ kind: 'open', caller: { objectId: 'master-key' } });
  });

  it.each([
    ['list-reconciliations', /GUARDIAN_APPROVER_TENANT and GUARDIAN_APPROVER_AUDIENCE.*\/api\/keyed\/reconciliations/],
    ['resume', /the master key to \/api\/keyed\/pause/],
    ['approve-plan', /no key does this/],
  ] as const)('no token opens %s, and what does is said', async (name, words) => {
    for (const authorization of [undefined, 'Bearer x'])
      expect(await ask(name, { authorization })).toMatchObject(refusedWith(403, words));
  });

  it('anybody asks for the bare health, and nobody by a token for more', async () => {
    expect(await ask('get-health', {})).toMatchObject({ kind: 'open', caller: { kind: 'anybody' } });
    expect(await ask('get-health', { authorization: 'Bearer x' })).toMatchObject({ answer: { status: 403 } });
  });
});

describe('A key at the path where it opened a door before', () => {
  it('is sent to the twin, with what was asked, and not served', async () => {
    const asking = { showsKey: true, params: { id: 'a/b' }, query: 'a=1&code=k%2Fx' };
    expect(await ask('get-reconciliation', asking, { tokens: people() })).toMatchObject({
      kind: 'closed',
      answer: {
        status: 308,
        headers: {
          Location: '/api/keyed/reconciliations/a%2Fb?a=1&code=k%2Fx',
          'Cache-Control': 'no-store',
          Deprecation: expect.any(String),
        },
      },
    });
  });

  it('is passed over beside a token', async () => {
    const asking = { showsKey: true, authorization: 'Bearer x' };
    expect(await ask('list-reconciliations', asking, { tokens: people() })).toMatchObject({ answer: { status: 401 } });
  });
});

const NOW = Math.floor(Date.now() / 1000);

const refusedPerson = async (claims: object, by: 'issuer' | 'stranger' = 'issuer', name: RouteName = 'pause') => {
  const RIGHT = { iss: V2, aud: AUDIENCE, oid: 'kim', scp: 'access', preferred_username: 'kim@contoso.com' };
  const sent = { ...RIGHT, roles: ['Operator'], exp: NOW + 3600, iat: NOW, ...claims };
  const access = await ask(name, { authorization: await entra.header(sent, by) }, { tokens: people() });
  if (access.kind === 'open') return { status: 200, message: '', challenge: '' };
  const { status, body, headers } = access.answer;
  const { detail } = body as { readonly detail: string };
  return { status, message: detail, challenge: headers?.['WWW-Authenticate'] ?? '' };
};

describe('A person whose token is not accepted is told why, and what to do', () => {
  const OTHER = V2.replaceAll('9', '8');

  it.each([
    ['has expired', { exp: NOW - 3600 }, /it expired at 20[-\dT:]+Z: sign in again/],
    ['never expires', { exp: undefined }, /never expires/],
    ['is not yet valid', { nbf: NOW + 3600 }, /not valid before 20[-\dT:]+Z/],
    [
      'is for another API',
      { aud: 'https://management.azure.com' },
      /issued for https:\/\/management\.azure\.com, this API is 22222222.*--resource 22222222/,
    ],
    [
      'is of another tenant',
      { iss: OTHER },
      /of the tenant 88888888.*takes those of 99999999.*az login --tenant 99999999/,
    ],
    ['is of nobody known', { iss: 'https://example.com' }, /issued by https:\/\/example\.com/],
    ['is that of an application', { scp: undefined }, /application/],
    ['names nobody', { oid: undefined }, /object id/],
  ])('where it %s', async (_what, claims, words) => {
    const { status, message, challenge } = await refusedPerson(claims);
    expect([status, message]).toEqual([401, expect.stringMatching(words)]);
    expect(challenge).toMatch(
      /^Bearer authorization_uri="https:\/\/login[^"]+\/authorize", error="invalid_token", error_description="[^"\\]+"$/,
    );
  });

  it('where somebody else has signed it', async () => {
    expect((await refusedPerson({}, 'stranger')).message).toContain('signature');
  });

  it('where there is none, without an error', async () => {
    const access = await ask('pause', {}, { tokens: people() });
    const challenge = `Bearer authorization_uri="${SIGN_IN}"`;
    expect(access).toMatchObject(refusedWith(401, /\/api\/keyed\/pause/, { 'WWW-Authenticate': challenge }));
  });

  it('where it lacks the role, with how to have a new one issued', async () => {
    const { status, message, challenge } = await refusedPerson({ roles: ['Reader'] });
    const words =
      /kim@contoso\.com does not have the app role Operator or Approver: the token of 20\S+ has Reader\..*activated just now.*az login .*--scope 22222222\S+\/\.default.*az account get-access-token/;
    expect([status, message]).toEqual([403, expect.stringMatching(words)]);
    expect(challenge).toContain('error="insufficient_scope"');
    expect(message).not.toContain('guest');
  });

  it('where a guest lacks it, in which tenant it is needed', async () => {
    const { message } = await refusedPerson({ roles: undefined, idp: 'https://sts.windows.net/home/' });
    expect(message).toMatch(/has none\. As a guest you need the role in the tenant 99999999/);
  });

  it('in a header that nothing in the token can break out of', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), async (aud, name) => {
        for (const claims of [{ aud }, { preferred_username: name, roles: [name] }, { iss: aud }])
          expect((await refusedPerson(claims)).challenge).toMatch(
            /^Bearer (?:[a-z_]+="[\x20\x21\x23-\x5b\x5d-\x7e]*"(?:, )?)+$/,
          );
      }),
      { numRuns: 50 },
    ));

  it('to try again where the keys of Entra cannot be fetched', async () => {
    const authorization = await entra.header({ iss: V2, aud: AUDIENCE, exp: NOW + 3600 });
    const access = await ask('pause', { authorization }, { tokens: people('http://127.0.0.1:9/keys') });
    expect(access).toMatchObject(refusedWith(503, /could not be verified now/, { 'Retry-After': '5' }));
  });
});

describe('Each role opens what is for it and for those before it', () => {
  it.each(ROLES)('%s', async (role) => {
    for (const { name, opens } of ROUTES) {
      if (opens === 'actionGroup') continue;
      const needed = opens === 'anybody' ? 'Reader' : opens;
      const { status } = await refusedPerson({ roles: [role] }, 'issuer', name);
      expect([name, status]).toEqual([name, ROLES.indexOf(role) >= ROLES.indexOf(needed) ? 200 : 403]);
    }
  });
});

describe('An action group with a secure webhook', () => {
  const RIGHT = {
    iss: V2,
    aud: AUDIENCE,
    tid: TENANT,
    azp: AZNS,
    roles: [ROLE],
    oid: 'sender',
    exp: NOW + 3600,
    nbf: NOW - 60,
  };
  const send = async (claims: object, by: 'issuer' | 'stranger' = 'issuer'): Promise<DoorAccess> =>
    ask(
      'receive-alert',
      { authorization: await entra.header({ ...RIGHT, ...claims }, by) },
      { alertTokens: groups(), tokens: people() },
    );

  it.each([
    ['version 2', {}],
    ['version 1', { iss: V1, azp: undefined, appid: AZNS }],
    ['another casing of ids', { azp: AZNS.toUpperCase(), tid: TENANT.toUpperCase() }],
    ['other roles beside it', { roles: ['Reader', ROLE] }],
  ])('is let in by its token in %s', async (_what, claims) => {
    expect(await send(claims)).toMatchObject({ kind: 'open', caller: { kind: 'actionGroup' } });
  });

  it.each([
    ['of another audience', { aud: 'api://other' }, 401, /issued for api:\/\/other, this API is 22222222/],
    [
      'of another tenant',
      { iss: V2.replaceAll('9', '8'), tid: TENANT.replaceAll('9', '8') },
      401,
      /of the tenant 88888888.*this API takes those of 99999999.*az login --tenant/,
    ],
    ['whose tenant is not its issuer’s', { tid: TENANT.replaceAll('9', '8') }, 401, /tenant/],
    ['that names no tenant', { tid: undefined }, 401, /tenant/],
    ['that has expired', { exp: NOW - 3600 }, 401, /it expired at 20\S+Z: sign in again/],
    ['that is not yet valid', { nbf: NOW + 3600 }, 401, /it is not valid before 20\S+Z/],
    ['of another application', { azp: AUDIENCE }, 403, /GUARDIAN_ALERT_APPLICATION/],
    ['of no application', { azp: undefined }, 403, /undefined/],
    ['of two applications', { appid: AUDIENCE }, 403, /undefined/],
    ['without the role', { roles: undefined }, 403, /app role/],
    ['whose role is no list', { roles: ROLE }, 403, /app role/],
    ['of a person', { scp: 'access', roles: ['Approver'] }, 403, /person/],
  ])('is not, in words, by one %s', async (_what, claims, status, words) => {
    expect(await send(claims)).toMatchObject(refusedWith(status, words));
  });

  it('is not by one that a stranger signed, nor without one', async () => {
    expect(await send({}, 'stranger')).toMatchObject({ answer: { status: 401 } });
    for (const authorization of [undefined, '', 'Basic abc', 'Bearer', 'Bearer not.a.token'])
      expect(await ask('receive-alert', { authorization }, { alertTokens: groups() })).toMatchObject({
        answer: { status: 401 },
      });
  });

  it('is told to send again while the keys of Entra cannot be fetched', async () => {
    const authorization = await entra.header(RIGHT);
    const alertTokens = groups('http://127.0.0.1:9/keys');
    expect(await ask('receive-alert', { authorization }, { alertTokens })).toMatchObject({ answer: { status: 503 } });
  });
});
