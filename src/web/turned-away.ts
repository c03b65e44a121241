import type { JWTPayload } from 'jose';
import type { TokenSettings } from '../loop/guardian.ts';
import { command } from '../remediation/model/command.ts';
import { type Role, type Route, twinOf } from '../surface.ts';
import { rolesFrom } from './callers.ts';
import { type ChallengeError, challenge } from './challenge.ts';
import { type DoorAnswer, refusal } from './door.ts';
import type { ProblemCode } from './problems.ts';
import type { Person } from './token.ts';

/** The answers to callers that are not admitted, each with how to get access. */

type Keyed = Pick<Route, 'route' | 'keyed'>;
type SignIn = Pick<TokenSettings, 'authorizeUrl'>;

const inWords = (roles: readonly string[]): string => roles.join(' or ');

const withHeaders = (answer: DoorAnswer, headers: Readonly<Record<string, string>>): DoorAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});

const SIGN_IN = 'Authorization: Bearer <token of your own sign-in>';

/** The caller sent no proof of identity: a challenge without an error. */
const unproven = (message: string, signIn: SignIn): DoorAnswer =>
  withHeaders(refusal(401, 'Unauthorized', message), { 'WWW-Authenticate': challenge(signIn) });

export const noKeyDoes = (role: Role, signIn: SignIn): DoorAnswer =>
  unproven(`No key does this: send ${SIGN_IN}, of a person with the app role ${inWords(rolesFrom(role))}.`, signIn);

/** Where people approve: what no key opens then is not offered to a key. */
export const showAToken = (one: Keyed, role: Role, signIn: SignIn): DoorAnswer => {
  const opensToKeys = one.keyed.level !== 'none' && !one.keyed.unlessPeopleApprove;
  const byKey = opensToKeys ? `; or send a key to /api/${twinOf(one)}` : '';
  return unproven(`Send ${SIGN_IN}, of a person with the app role ${inWords(rolesFrom(role))}${byKey}.`, signIn);
};

const atFault = (
  { status, code, error }: { readonly status: number; readonly code: ProblemCode; readonly error: ChallengeError },
  message: string,
  signIn: SignIn,
): DoorAnswer =>
  withHeaders(refusal(status, code, message), {
    'WWW-Authenticate': challenge(signIn, { error, description: message }),
  });

export const tokenRefused = (message: string, signIn: SignIn): DoorAnswer =>
  atFault({ status: 401, code: 'Unauthorized', error: 'invalid_token' }, message, signIn);

export const notAllowed = (message: string, signIn: SignIn): DoorAnswer =>
  atFault({ status: 403, code: 'Forbidden', error: 'insufficient_scope' }, message, signIn);

/** Entra names the home tenant of a guest in `idp`; a token of version 2 may also have `acct`. */
const isGuest = ({ idp, iss, acct }: JWTPayload): boolean =>
  acct === 1 || acct === '1' || (typeof idp === 'string' && idp !== iss);

/**
 * A role that was assigned or activated (PIM) a moment ago is in no earlier token, and the Azure CLI keeps a token until it
 * expires.
 */
export const withoutRole = (
  { person, claims }: { readonly person: Person; readonly claims: JWTPayload },
  role: Role,
  { audience, tenantId, authorizeUrl }: TokenSettings,
): DoorAnswer => {
  const has = person.roles.length === 0 ? 'none' : inWords(person.roles).slice(0, 200);
  const issued = claims.iat === undefined ? '' : ` of ${new Date(claims.iat * 1_000).toISOString().slice(0, 16)}Z`;
  const guest = isGuest(claims)
    ? ` As a guest you need the role in the tenant ${tenantId}, and the token of that tenant.`
    : '';
  const message = `${person.name} does not have the app role ${inWords(rolesFrom(role))}: the token${issued} has ${has}.${guest} If it was assigned or activated just now, the token is older than that: sign out and in again, or \`az logout\`, ${command('az login', { tenant: tenantId, scope: `${audience}/.default` })}, and take the new one of ${command('az account get-access-token', { resource: audience })}.`;
  return notAllowed(message, { authorizeUrl });
};

/** No setting says who may sign in, and where: a token would not help. */
export const nobodySignsIn = (one: Keyed): DoorAnswer => {
  const key = one.keyed.level === 'admin' ? 'the master key' : 'a function key';
  const byKey = one.keyed.level === 'none' ? 'no key does this' : `until then send ${key} to /api/${twinOf(one)}`;
  const message = `Nobody can sign in here. Set GUARDIAN_APPROVER_TENANT and GUARDIAN_APPROVER_AUDIENCE first; ${byKey}.`;
  return refusal(403, 'NoApprovers', message);
};

/** A 401 would make the sender give up, though only the keys of Entra could not be fetched. */
export const notVerified = (error: unknown): DoorAnswer =>
  withHeaders(
    refusal(503, 'TokenNotVerified', `The token could not be verified now: ${String(error)}. Send the request again.`),
    { 'Retry-After': '5' },
  );

/** The day of the release that moved the keys (RFC 9745), in seconds since 1970. */
const DEPRECATED = Date.parse('2026-11-29T00:00:00Z') / 1_000;

/**
 * 308 keeps method and body. It is answered for one release: after that the old path only asks for a token. A key in the query is
 * sent on, since the new path needs it: so no proxy may store the answer.
 */
export const toTwin = (
  one: Keyed,
  { params, query }: { readonly params: Readonly<Record<string, string>>; readonly query: URLSearchParams },
): DoorAnswer => {
  const path = twinOf(one).replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const asked = query.size > 0 ? `?${query}` : '';
  const message = `A key opens /api/${path} from this version on. This path asks for a token: the next version leads nobody from here to there.`;
  return withHeaders(refusal(308, 'MovedToKeyed', message), {
    Location: `/api/${path}${asked}`,
    'Cache-Control': 'no-store',
    Deprecation: `@${DEPRECATED}`,
  });
};
