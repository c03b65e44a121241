import type { LoopSettings, TokenSettings } from '../loop/guardian.ts';
import type { Role, Route, Way } from '../surface.ts';
import { proveActionGroup } from './action-group.ts';
import { ACTION_GROUP, ANYBODY, type Caller, hasRole, KEY_HOLDER, MASTER_KEY_HOLDER } from './callers.ts';
import { type DoorAnswer, refusal } from './door.ts';
import type { SentRequest } from './read-body.ts';
import { provePerson } from './token.ts';
import {
  nobodySignsIn,
  noKeyDoes,
  notAllowed,
  notVerified,
  showAToken,
  tokenRefused,
  toTwin,
  withoutRole,
} from './turned-away.ts';

export type DoorAccess =
  | { readonly kind: 'open'; readonly caller: Caller }
  | { readonly kind: 'closed'; readonly answer: DoorAnswer };

/** The parts of a route that decide which callers may use it. */
export type Guarded = Pick<Route, 'route' | 'opens' | 'keyed'>;

type Asking = Pick<SentRequest, 'authorization' | 'showsKey' | 'params' | 'query'>;
type AccessSettings = Pick<LoopSettings, 'approval' | 'alertTokens'>;

const open = (caller: Caller): DoorAccess => ({ kind: 'open', caller });
const closed = (answer: DoorAnswer): DoorAccess => ({ kind: 'closed', answer });

/** Refuses with 503 where the keys of Entra could not be fetched. */
const orUnverified = <Value>(proving: Promise<Value>): Promise<Value | DoorAccess> =>
  proving.catch((error: unknown) => closed(notVerified(error)));

const byRole = async (authorization: string, role: Role, tokens: TokenSettings): Promise<DoorAccess> => {
  const proven = await orUnverified(provePerson(authorization, tokens));
  if (proven.kind === 'closed' || proven.kind === 'open') return proven;
  if (proven.kind === 'refused') return closed(tokenRefused(`The token is not accepted: ${proven.why}.`, tokens));
  return hasRole(proven.person, role)
    ? open({ kind: 'person', ...proven.person })
    : closed(withoutRole(proven, role, tokens));
};

const byActionGroup = async (
  authorization: string | undefined,
  { alertTokens }: AccessSettings,
): Promise<DoorAccess> => {
  if (!alertTokens)
    return closed(refusal(403, 'Forbidden', 'Set GUARDIAN_ALERT_TENANT and GUARDIAN_ALERT_AUDIENCE first.'));
  const proven = await orUnverified(proveActionGroup(authorization, alertTokens));
  if (proven.kind === 'closed' || proven.kind === 'open') return proven;
  if (proven.kind === 'actionGroup') return open(ACTION_GROUP);
  return closed((proven.status === 401 ? tokenRefused : notAllowed)(proven.why, alertTokens));
};

/** The role for a route. A route that is open to anybody shows more to a Reader. */
const roleFor = ({ opens }: Guarded): Role => (opens === 'anybody' || opens === 'actionGroup' ? 'Reader' : opens);

const opensToKeys = ({ keyed }: Guarded, tokens: TokenSettings | undefined): boolean =>
  keyed.level !== 'none' && !(keyed.unlessPeopleApprove && tokens !== undefined);

/** Access by the path of the route itself, for which the host has checked no key. */
const byToken = async (one: Guarded, asking: Asking, settings: AccessSettings): Promise<DoorAccess> => {
  const { authorization, showsKey } = asking;
  const { tokens } = settings.approval;
  const isByKey = authorization === undefined && showsKey;
  if (one.opens === 'anybody' && authorization === undefined) return open(ANYBODY);
  if (isByKey && opensToKeys(one, tokens)) return closed(toTwin(one, asking));
  if (one.opens === 'actionGroup') return byActionGroup(authorization, settings);
  if (!tokens) return closed(nobodySignsIn(one));
  const role = roleFor(one);
  if (authorization !== undefined) return byRole(authorization, role, tokens);
  return closed(isByKey ? noKeyDoes(role, tokens) : showAToken(one, role, tokens));
};

/**
 * Access by the twin of a route, its path below `/api/keyed`: the host has refused every caller without a key of its level. A
 * caller that also sends a token is judged by the token.
 */
const byKey = async (one: Guarded, { authorization }: Asking, { approval }: AccessSettings): Promise<DoorAccess> => {
  const { tokens } = approval;
  if (one.opens === 'actionGroup') return open(KEY_HOLDER);
  if (authorization !== undefined)
    return tokens ? byRole(authorization, roleFor(one), tokens) : closed(nobodySignsIn(one));
  if (!opensToKeys(one, tokens)) return closed(tokens ? noKeyDoes(roleFor(one), tokens) : nobodySignsIn(one));
  return open(one.keyed.level === 'admin' ? MASTER_KEY_HOLDER : KEY_HOLDER);
};

/**
 * Decides which caller may use which route, before its handler is called and before a body is read: no other code decides that. A
 * handler only checks what goes beyond roles: that nobody approves their own request, and that nobody shortens an override that
 * they may not lift. No header of the platform is believed (X-MS-CLIENT-PRINCIPAL): a caller that reaches the app past the
 * platform could send one.
 */
export const admitCaller = (one: Guarded, way: Way, asking: Asking, settings: AccessSettings): Promise<DoorAccess> =>
  way === 'key' ? byKey(one, asking, settings) : byToken(one, asking, settings);
