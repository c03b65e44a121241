import type { Incoming } from '../../incoming.ts';
import type { Answer } from '../../service.ts';
import type { Principal } from '../entra.ts';
import { TokenRefused } from '../token-claims.ts';
import { type Asked, type AuthorizeRequest, type Return, readAuthorizeRequest } from './authorize-request.ts';
import { goBack } from './go-back.ts';
import { type Choice, choicePage, refusalPage } from './pages.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { sessionCookie } from './sessions.ts';
import { accountOf, clientInfo, type SignIn } from './sign-in.ts';

const people = ({ entra }: SignIn, tenant: string): readonly Principal[] =>
  entra.principals().filter(({ kind, tenantId }) => kind === 'User' && tenantId === homeOf(entra.tenantId, tenant));

/** `common` and `organizations` stand for the tenant of the person; all people of this cloud are in the same tenant. */
const homeOf = (home: string, tenant: string): string =>
  ['common', 'organizations'].includes(tenant.toLowerCase()) ? home : tenant.toLowerCase();

const returned = ({ back }: { readonly back: Return }, { error, message }: Refusal): Answer =>
  goBack(back, { error, error_description: message });

const turnedDown = (asked: Exclude<Asked, { kind: 'asked' }>): Answer =>
  asked.kind === 'shown' ? refusalPage(asked.refusal) : returned(asked, asked.refusal);

/** Entra checks already here whether the person may have a token: an application may let in only people with a role. */
const refusalOf = async ({ entra }: SignIn, { scopes, client }: AuthorizeRequest, principal: Principal) => {
  try {
    await entra.issue({ principal, audience: scopes.resource, client: client.appId });
    return undefined;
  } catch (error) {
    if (error instanceof TokenRefused) return { status: 403, error: error.error, message: error.message };
    throw error;
  }
};

const letIn = async (
  signIn: SignIn,
  request: AuthorizeRequest,
  { principal, session }: { principal: Principal; session: string },
): Promise<Answer> => {
  const refusal = await refusalOf(signIn, request, principal);
  if (refusal) return request.prompt === 'none' ? returned(request, refusal) : refusalPage(refusal);
  const code = signIn.grants.issueCode(request, principal.objectId, session);
  return goBack(request.back, {
    code,
    ...(request.wantsClientInfo && { client_info: clientInfo(principal.objectId, principal.tenantId) }),
    session_state: session,
  });
};

const toChoice = (principal: Principal): Choice => ({
  id: principal.objectId,
  name: principal.name,
  account: accountOf(principal),
});

/** The person that the hint names comes first; with `select_account` no hint counts. */
const choicesFor = (signIn: SignIn, tenant: string, { loginHint }: AuthorizeRequest): readonly Choice[] => {
  const choices = people(signIn, tenant).map(toChoice);
  const isHinted = ({ account }: Choice) => account === loginHint;
  return [...choices.filter(isHinted), ...choices.filter((one) => !isHinted(one))];
};

/** A person who is signed in is not asked again, unless the application demands it, or names another account. */
const goesOn = ({ prompt, loginHint }: AuthorizeRequest, principal: Principal): boolean =>
  prompt === 'none' || (prompt === undefined && (loginHint === undefined || loginHint === accountOf(principal)));

/** GET /{tenant}/oauth2/v2.0/authorize */
export const authorize = async (signIn: SignIn, { query, headers }: Incoming, tenant: string): Promise<Answer> => {
  const asked = readAuthorizeRequest(signIn.entra, tenant, query);
  if (asked.kind !== 'asked') return turnedDown(asked);
  const { request } = asked;
  const session = signIn.sessions.of(headers['cookie']);
  const principal = session && people(signIn, tenant).find(({ objectId }) => objectId === session.principalId);
  if (session && principal && goesOn(request, principal))
    return letIn(signIn, request, { principal, session: session.id });
  if (request.prompt === 'none') return returned(request, REFUSALS.noSession());
  const choices = choicesFor(signIn, tenant, request);
  return choicePage(tenant, { application: request.client.displayName, query: query.toString(), choices });
};

/**
 * POST /{tenant}/login: the person has chosen an account. The request of the application is read again, since it went through the
 * browser.
 */
export const logIn = async (signIn: SignIn, { text }: Incoming, tenant: string): Promise<Answer> => {
  const form = new URLSearchParams(text);
  const asked = readAuthorizeRequest(signIn.entra, tenant, new URLSearchParams(form.get('request') ?? ''));
  if (asked.kind !== 'asked') return turnedDown(asked);
  const principal = people(signIn, tenant).find(({ objectId }) => objectId === form.get('person'));
  if (!principal) return refusalPage(REFUSALS.nobody(form.get('person') ?? ''));
  const session = signIn.sessions.begin(principal.objectId);
  const answer = await letIn(signIn, asked.request, { principal, session });
  return { ...answer, headers: { ...answer.headers, 'set-cookie': sessionCookie(session) } };
};
