import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Incoming } from '../../incoming.ts';
import type { Answer } from '../../service.ts';
import type { Application } from '../graph/application.ts';
import { loginRefusal } from '../login-refusal.ts';
import { TokenRefused } from '../token-claims.ts';
import { type Code, type Grant, REFRESH_LIFE } from './grants.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { readScopes } from './scopes.ts';
import { clientInfo, type SignIn } from './sign-in.ts';

const HOUR_SECONDS = 3_600;

type Redeeming = { readonly form: URLSearchParams; readonly client: Application; readonly origin: string | undefined };
type Redeemed = { readonly grant: Grant } | Refusal;

const originOf = (url: string): string => new URL(url).origin;

/** Whether a page of this origin belongs to the application. */
export const isOriginOf = ({ spa }: Application, origin: string | undefined): boolean =>
  spa.redirectUris.some((uri) => originOf(uri) === origin);

/** A page proves itself by its origin, which browsers send and pages cannot forge; a server proves itself by its secret. */
const clientRefusal = ({ entra }: SignIn, { clientType }: Grant, redeeming: Redeeming): Refusal | undefined => {
  const { form, client, origin } = redeeming;
  if (clientType === 'spa' && origin === undefined) return REFUSALS.sameOrigin();
  if (clientType === 'spa') return isOriginOf(client, origin) ? undefined : REFUSALS.crossOrigin(origin ?? '');
  if (origin !== undefined) return REFUSALS.crossOrigin(origin);
  const secret = form.get('client_secret');
  if (secret === null) return REFUSALS.secretMissing();
  const principal = entra.principals().find(({ appId }) => appId === client.appId);
  return principal && entra.proves(principal.objectId, secret) ? undefined : REFUSALS.secretWrong();
};

/** RFC 7636 section 4.6. */
const verifierRefusal = ({ challenge }: Code, verifier: string | null): Refusal | undefined => {
  if (challenge === undefined) return undefined;
  if (!verifier) return REFUSALS.verifierMissing();
  const matches = createHash('sha256').update(verifier).digest('base64url') === challenge;
  return matches ? undefined : REFUSALS.verifierWrong();
};

const codeRefusal = (signIn: SignIn, code: Code, redeeming: Redeeming): Refusal | undefined => {
  const redirectUri = redeeming.form.get('redirect_uri') ?? '';
  if (redirectUri !== code.redirectUri) return REFUSALS.replyAddress(redirectUri, code.redirectUri);
  const refusal = clientRefusal(signIn, code.grant, redeeming);
  if (refusal) return refusal;
  if (code.redeemed) return REFUSALS.usedTwice();
  if (signIn.now() >= code.expiresAt) return REFUSALS.expired();
  return verifierRefusal(code, redeeming.form.get('code_verifier'));
};

const byCode = (signIn: SignIn, redeeming: Redeeming): Redeemed => {
  const text = redeeming.form.get('code');
  if (!text) return REFUSALS.missing('code');
  const code = signIn.grants.code(text);
  if (!code || code.grant.clientId !== redeeming.client.appId) return REFUSALS.grantUnknown();
  const refusal = codeRefusal(signIn, code, redeeming);
  if (refusal) return refusal;
  code.redeemed = true;
  return { grant: code.grant };
};

const byRefreshToken = (signIn: SignIn, redeeming: Redeeming): Redeemed => {
  const text = redeeming.form.get('refresh_token');
  if (!text) return REFUSALS.missing('refresh_token');
  const known = signIn.grants.refreshToken(text);
  if (!known || known.grant.clientId !== redeeming.client.appId) return REFUSALS.grantUnknown();
  const refusal = clientRefusal(signIn, known.grant, redeeming);
  if (refusal) return refusal;
  if (signIn.now() >= known.expiresAt)
    return known.grant.clientType === 'spa' ? REFUSALS.expiredOfPage() : REFUSALS.expired();
  return { grant: known.grant };
};

const GRANT_TYPES: Readonly<Record<string, (signIn: SignIn, redeeming: Redeeming) => Redeemed>> = {
  authorization_code: byCode,
  refresh_token: byRefreshToken,
};

/** A client may ask for other scopes; without any the scopes stay as they were. */
const scopesOf = ({ entra }: SignIn, { form, client }: Redeeming, grant: Grant) => {
  const text = form.get('scope');
  return text === null ? grant : readScopes(entra.registrations, text, client.appId);
};

/** A page gets the time at which its renewals end. */
const endOf = ({ clientType, at }: Grant, now: number) =>
  clientType === 'spa' ? { refresh_token_expires_in: Math.floor((at + REFRESH_LIFE.spa - now) / 1_000) } : {};

/** A new token has the present roles of the person: renewals exist for that. */
const issue = async (signIn: SignIn, redeeming: Redeeming, grant: Grant): Promise<Answer> => {
  const scopes = scopesOf(signIn, redeeming, grant);
  if ('error' in scopes) return answerOf(scopes);
  const { entra, signer, grants, now } = signIn;
  const principal = entra.principal(grant.principalId);
  if (!principal) return answerOf(REFUSALS.nobody(grant.principalId));
  const { resource: audience, values } = scopes;
  const access_token = await entra.issue({ principal, audience, client: grant.clientId, scopes: values });
  const { roles, aud } = decodeJwt<{ roles?: string[] }>(access_token);
  const isOwn = aud === grant.clientId;
  const id_token = await signer.signIdToken({
    ...{ principal, audience: grant.clientId, now: now(), seconds: HOUR_SECONDS },
    ...{ nonce: grant.nonce, session: grant.session, roles: (isOwn && roles) || [] },
  });
  const renewed = { ...grant, ...scopes, stays: true };
  const body = {
    ...{ token_type: 'Bearer', scope: scopes.names.join(' ') },
    ...{ expires_in: HOUR_SECONDS, ext_expires_in: HOUR_SECONDS, access_token, id_token },
    ...(grant.stays && { refresh_token: grants.issueRefreshToken(renewed), ...endOf(renewed, now()) }),
    ...(grant.wantsClientInfo && { client_info: clientInfo(principal.objectId, principal.tenantId) }),
  };
  return { status: 200, headers: { 'cache-control': 'no-store' }, body };
};

const answerOf = ({ status, error, message }: Refusal): Answer => loginRefusal(status, error, message);

/** POST /{tenant}/oauth2/v2.0/token, for access that a person has granted. */
export const redeem = async (signIn: SignIn, { text, headers }: Incoming, tenant: string): Promise<Answer> => {
  const form = new URLSearchParams(text);
  const byGrant = GRANT_TYPES[form.get('grant_type') ?? ''];
  if (!byGrant) return answerOf(REFUSALS.grantType());
  const clientId = form.get('client_id') ?? '';
  const client = signIn.entra.registrations.find(clientId);
  if (!client) return answerOf(REFUSALS.unknownClient(clientId, tenant));
  const redeeming = { form, client, origin: headers['origin'] };
  const redeemed = byGrant(signIn, redeeming);
  if ('error' in redeemed) return answerOf(redeemed);
  try {
    return await issue(signIn, redeeming, redeemed.grant);
  } catch (error) {
    if (error instanceof TokenRefused) return loginRefusal(400, error.error, error.message);
    throw error;
  }
};

/** Whether this request redeems a grant of a person, rather than one of an application for itself. */
export const isPersonsGrant = (text: string): boolean =>
  (new URLSearchParams(text).get('grant_type') ?? '') in GRANT_TYPES;
