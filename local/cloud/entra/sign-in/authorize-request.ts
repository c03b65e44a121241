import type { Entra } from '../entra.ts';
import type { Application } from '../graph/application.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { readScopes, type ScopesAsked } from './scopes.ts';

/** Whether the application gets tokens in a browser, cross-origin and without a secret, or on a server. */
export type ClientType = 'spa' | 'web';

export type ResponseMode = 'query' | 'fragment';

/** The address of an answer, of errors too. */
export type Return = { readonly redirectUri: string; readonly mode: ResponseMode; readonly state: string | undefined };

/**
 * The request by which an application has a person sign in:
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export type AuthorizeRequest = {
  readonly client: Application;
  readonly clientType: ClientType;
  readonly back: Return;
  readonly scopes: ScopesAsked;
  readonly challenge: string | undefined;
  readonly nonce: string | undefined;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  /** Whether the answer names the person beside the code, as MSAL asks. */
  readonly wantsClientInfo: boolean;
};

/**
 * `shown`: a refusal that only the person sees, since no safe address of an application is known. `returned`: a refusal that goes
 * to the application.
 */
export type Asked =
  | { readonly kind: 'asked'; readonly request: AuthorizeRequest }
  | { readonly kind: 'shown'; readonly refusal: Refusal }
  | { readonly kind: 'returned'; readonly refusal: Refusal; readonly back: Return };

const PROMPTS = ['none', 'login', 'select_account', 'consent'];
const MODES = ['query', 'fragment'];

/** The address is compared as a whole, letter by letter. */
export const clientTypeOf = ({ spa, web }: Application, redirectUri: string): ClientType | undefined => {
  if (spa.redirectUris.includes(redirectUri)) return 'spa';
  return web.redirectUris.includes(redirectUri) ? 'web' : undefined;
};

/** RFC 7636: a browser must send a challenge, made with SHA-256. */
const challengeRefusal = (query: URLSearchParams, clientType: ClientType): Refusal | undefined => {
  const challenge = query.get('code_challenge');
  if (challenge === null) return clientType === 'spa' ? REFUSALS.challengeMissing() : undefined;
  if (query.get('code_challenge_method') !== 'S256') return REFUSALS.challengeMethod();
  return /^[\w-]{43,128}$/.test(challenge) ? undefined : REFUSALS.challengeSize();
};

const parameterRefusal = (query: URLSearchParams, clientType: ClientType): Refusal | undefined => {
  const [type, mode, prompt] = ['response_type', 'response_mode', 'prompt'].map((name) => query.get(name));
  if (!type) return REFUSALS.missing('response_type');
  if (type !== 'code') return REFUSALS.responseType(type);
  if (mode && !MODES.includes(mode)) return REFUSALS.responseMode(mode);
  if (prompt && !PROMPTS.includes(prompt)) return REFUSALS.prompt(prompt);
  if (!query.get('scope')) return REFUSALS.missing('scope');
  return challengeRefusal(query, clientType);
};

const optional = (query: URLSearchParams, name: string): string | undefined => query.get(name) ?? undefined;

/**
 * Reads a request to /authorize. A refusal of an unknown client or redirect URI is shown to the person alone: any other address
 * could be an attacker's.
 */
export const readAuthorizeRequest = ({ registrations }: Entra, tenant: string, query: URLSearchParams): Asked => {
  const clientId = query.get('client_id');
  if (!clientId) return { kind: 'shown', refusal: REFUSALS.missing('client_id') };
  const client = registrations.find(clientId);
  if (!client || client.appId !== clientId.toLowerCase())
    return { kind: 'shown', refusal: REFUSALS.unknownClient(clientId, tenant) };
  const redirectUri = query.get('redirect_uri') ?? '';
  const clientType = clientTypeOf(client, redirectUri);
  if (!clientType) return { kind: 'shown', refusal: REFUSALS.redirectUri(redirectUri, clientId) };
  const mode: ResponseMode = query.get('response_mode') === 'fragment' ? 'fragment' : 'query';
  const back: Return = { redirectUri, mode, state: optional(query, 'state') };
  const refusal = parameterRefusal(query, clientType);
  if (refusal) return { kind: 'returned', refusal, back };
  const scopes = readScopes(registrations, query.get('scope') ?? '', clientId);
  if ('error' in scopes) return { kind: 'returned', refusal: scopes, back };
  const request: AuthorizeRequest = {
    ...{ client, clientType, back, scopes },
    challenge: optional(query, 'code_challenge'),
    nonce: optional(query, 'nonce'),
    prompt: optional(query, 'prompt'),
    loginHint: optional(query, 'login_hint'),
    wantsClientInfo: query.get('client_info') === '1',
  };
  return { kind: 'asked', request };
};
