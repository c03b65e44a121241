import { decodeJwt } from 'jose';
import type { Incoming } from '../../incoming.ts';
import type { Answer } from '../../service.ts';
import { clientTypeOf } from './authorize-request.ts';
import { signedOutPage } from './pages.ts';
import { noSessionCookie } from './sessions.ts';
import type { SignIn } from './sign-in.ts';

/**
 * The client that asks: from its own parameter, or from the token of the person who signs out. Neither proves anything, and
 * signing out needs no proof.
 */
const clientIn = (query: URLSearchParams): string => {
  const hint = query.get('id_token_hint');
  const named = query.get('client_id') ?? '';
  if (named !== '' || hint === null) return named;
  try {
    return String(decodeJwt(hint).aud ?? '');
  } catch {
    return '';
  }
};

/**
 * The browser is sent back only to a URI that the application has registered; else the page that started the sign-out could send
 * the person anywhere.
 */
const wayBack = ({ entra: { registrations } }: SignIn, query: URLSearchParams): string | undefined => {
  const uri = query.get('post_logout_redirect_uri');
  if (uri === null) return undefined;
  const named = registrations.find(clientIn(query));
  const candidates = named ? [named] : registrations.all();
  if (!candidates.some((client) => clientTypeOf(client, uri) !== undefined)) return undefined;
  const target = new URL(uri);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return target.href;
};

/** GET /{tenant}/oauth2/v2.0/logout: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request */
export const logOut = (signIn: SignIn, { query, headers }: Incoming): Answer => {
  const session = signIn.sessions.of(headers['cookie']);
  if (session) signIn.sessions.end(session.id);
  const location = wayBack(signIn, query);
  const answer: Answer = location === undefined ? signedOutPage() : { status: 302, headers: { location } };
  return { ...answer, headers: { ...answer.headers, 'set-cookie': noSessionCookie } };
};
