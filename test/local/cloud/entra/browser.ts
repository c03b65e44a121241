import { createHash } from 'node:crypto';
import https from 'node:https';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aTenant } from '../../../infra/sign-in/directory.ts';
import { named, throughProxy } from '../sdk.ts';

export const PAGE = 'https://guardian.example/ui';
export const SERVER = 'https://guardian.example/signed-in';
export const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-of-it';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const LOGIN = 'https://login.microsoftonline.com';

const ROLE = { id: '439d456b-3cde-4c3a-ad93-81477ed6b23e', value: 'Approver' };
const READER = { id: '20655f1f-ae5f-46d8-8e62-774f7117d321', value: 'Reader' };
const SCOPE = { id: '6c3f9d0e-2b54-4b0c-9f0b-6f6f5e9a1d27', value: 'Guardian.Access' };
const consent = { adminConsentDisplayName: 'Use it', adminConsentDescription: 'Use it' };

type Parameters = Readonly<Record<string, string | undefined>>;
export type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly text: string };

const defined = (parameters: Parameters): URLSearchParams => {
  const present = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) present.set(name, value);
  return present;
};

type Request = { readonly method?: string; readonly headers?: Record<string, string>; readonly form?: Parameters };

const askerOf =
  (cloud: Cloud) =>
  (url: string, { method = 'GET', headers = {}, form }: Request = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const type = form && { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };
      const { agent } = throughProxy(cloud);
      https
        .request(url, { method, agent, headers: { ...type, ...headers } }, async (response) => {
          let text = '';
          for await (const chunk of response) text += chunk;
          const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(given), text });
        })
        .on('error', reject)
        .end(form && defined(form).toString());
    });

/** The parameters that an application gets in the address of the way back. */
export const returned = ({ headers }: Answer): Record<string, string> => {
  const { hash, searchParams } = new URL(headers['location'] ?? '');
  return Object.fromEntries(hash === '' ? searchParams : new URLSearchParams(hash.slice(1)));
};

/** An application with a page and a server, registered by an administrator, and the requests of a browser for it. */
export const aBrowser = async () => {
  const { cloud, entra, administrator, asking } = await aTenant();
  const api = {
    requestedAccessTokenVersion: 2,
    oauth2PermissionScopes: [{ ...SCOPE, ...consent, type: 'User', isEnabled: true }],
  };
  const appRoles = [ROLE, READER].map((role) => ({
    ...role,
    ...{ displayName: role.value, description: role.value, allowedMemberTypes: ['User'], isEnabled: true },
  }));
  const registration = { spa: { redirectUris: [PAGE] }, web: { redirectUris: [SERVER] }, api, appRoles };
  const made = await asking(administrator, {
    method: 'POST',
    path: '/applications',
    body: { displayName: 'Guardian', signInAudience: 'AzureADMyOrg', ...registration },
  });
  const { id, appId } = made.body as { id: string; appId: string };
  const identifierUris = [`api://${appId}`];
  await asking(administrator, { method: 'PATCH', path: `/applications/${id}`, body: { identifierUris } });
  const principal = entra.createServicePrincipal({ name: 'Guardian', appId, secret: 'a server’s secret' });
  entra.registrations.assignmentRequired.set(principal.objectId, true);
  const give = (name: string, role: { id: string } = ROLE) =>
    entra.registrations.assign({
      ...{ appRoleId: role.id, principalId: named(cloud, name).objectId, principalDisplayName: name },
      ...{ principalType: 'User', resourceId: principal.objectId, resourceDisplayName: 'Guardian' },
    });
  give('approver');
  const ask = askerOf(cloud);
  const query = (more: Parameters = {}) =>
    defined({
      ...{ client_id: appId, response_type: 'code', redirect_uri: PAGE, response_mode: 'fragment', state: 'a state' },
      ...{ scope: `api://${appId}/Guardian.Access openid profile offline_access`, nonce: 'a nonce', client_info: '1' },
      ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256', ...more },
    }).toString();
  const tenant = `${LOGIN}/${entra.tenantId}`;
  const authorize = (more: Parameters = {}, cookie?: string) =>
    ask(`${tenant}/oauth2/v2.0/authorize?${query(more)}`, { ...(cookie && { headers: { cookie } }) });
  const choose = (name: string, more: Parameters = {}) =>
    ask(`${tenant}/login`, { method: 'POST', form: { request: query(more), person: named(cloud, name).objectId } });
  const token = async (form: Parameters, headers: Record<string, string> = { origin: new URL(PAGE).origin }) => {
    const answer = await ask(`${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers,
      form: { client_id: appId, ...form },
    });
    return { ...answer, body: JSON.parse(answer.text) as Record<string, string> };
  };
  const redeem = (code: string, more: Parameters = {}, headers?: Record<string, string>) =>
    token(
      {
        ...{ grant_type: 'authorization_code', code, redirect_uri: PAGE, code_verifier: VERIFIER },
        ...{ scope: `api://${appId}/Guardian.Access openid profile offline_access`, ...more },
      },
      headers,
    );
  const renew = (refresh_token: string, headers?: Record<string, string>) =>
    token({ grant_type: 'refresh_token', refresh_token }, headers);
  const codeFor = async (name: string, more: Parameters = {}) => returned(await choose(name, more))['code'] ?? '';
  return { cloud, entra, appId, tenant, ask, authorize, choose, codeFor, redeem, renew, token, give, READER };
};
