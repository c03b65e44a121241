import type { Activities } from './loop/messages.ts';

/** The names of all activities that the start registers. Their code is in src/app.ts, which the first invocation loads. */
const NAMES: Readonly<Record<keyof Activities, true>> = {
  assessKey: true,
  recordAssessment: true,
  settleKey: true,
  isWanted: true,
  beginStep: true,
  writeStep: true,
  pollStep: true,
  endStep: true,
  listScope: true,
  sweepKeys: true,
  wakeLeftovers: true,
  sendNotices: true,
  planProbe: true,
  probeKeys: true,
  listPosture: true,
  judgePosture: true,
  publishPosture: true,
  hearAlert: true,
};

export const ACTIVITIES = Object.keys(NAMES) as readonly (keyof Activities)[];

/** The app roles of people. Each role may do everything that the roles before it may do. */
export const ROLES = ['Reader', 'Requester', 'Operator', 'Approver'] as const;

export type Role = (typeof ROLES)[number];

/**
 * The callers whose Entra token opens a route: a person with the role, the application of action groups, or anybody (no
 * token).
 */
export type Opener = Role | 'actionGroup' | 'anybody';

/**
 * How a host key opens the twin of a route, below /api/keyed. `function`: any key, at the host's level `function`.
 * `admin`: only the master key opens that level. A function never sees which key was sent, so only the level tells the
 * keys apart. `unlessPeopleApprove`: where people approve, no key opens the route, and the twin answers which role
 * does.
 */
export type Keyed =
  | { readonly level: 'function' | 'admin'; readonly unlessPeopleApprove: boolean }
  | { readonly level: 'none' };

export type Route = {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path below /api. The path of its twin is below /api/keyed. */
  readonly route: string;
  readonly opens: Opener;
  readonly keyed: Keyed;
  /** The kind of body, which decides how many bytes are read. */
  readonly takes: 'command' | 'event';
};

/**
 * How a request came in: by the route, which is anonymous to the host, or by the route's twin, whose key the host has
 * checked.
 */
export type Way = 'token' | 'key';

/** One registration: a route or its twin. */
export type Registration = {
  readonly name: string;
  readonly route: string;
  readonly authLevel: 'anonymous' | 'function' | 'admin';
  readonly way: Way;
};

const KEYED = 'keyed';

/** The path of a route's twin, below /api. */
export const twinOf = ({ route }: Pick<Route, 'route'>): string => `${KEYED}/${route}`;

/**
 * The only rule by which routes and twins are registered. Without a secure webhook the route of alerts stays at level
 * `function`: the action groups that exist already send their key there, and do not follow redirects.
 */
export const registrationsOf = (
  one: Pick<Route, 'name' | 'route' | 'opens' | 'keyed'>,
  { secureWebhook }: { readonly secureWebhook: boolean },
): readonly Registration[] => {
  const { name, route, opens, keyed } = one;
  const byKeyAlone = opens === 'actionGroup' && !secureWebhook;
  const itself: Registration = byKeyAlone
    ? { name, route, authLevel: 'function', way: 'key' }
    : { name, route, authLevel: 'anonymous', way: 'token' };
  if (keyed.level === 'none') return [itself];
  return [itself, { name: `${KEYED}-${name}`, route: twinOf(one), authLevel: keyed.level, way: 'key' }];
};

const ANY_KEY = { level: 'function', unlessPeopleApprove: false } as const;
const KEY_UNLESS_PEOPLE = { level: 'function', unlessPeopleApprove: true } as const;
const MASTER_UNLESS_PEOPLE = { level: 'admin', unlessPeopleApprove: true } as const;
const NO_KEY = { level: 'none' } as const;

const get = <const Name extends string, const Path extends string>(name: Name, path: Path) =>
  ({ name, method: 'GET', route: path, opens: 'Reader', keyed: ANY_KEY, takes: 'command' }) as const;

const opens = <const Name extends string, const Who extends Opener, const Path extends string>(
  who: Who,
  name: Name,
  method: Route['method'],
  path: Path,
  keyed: Keyed,
) => ({ name, method, route: path, opens: who, keyed, takes: 'command' }) as const;

/** The HTTP surface, below /api. */
export const ROUTES = [
  opens('Requester', 'start-reconciliation', 'POST', 'reconciliations', ANY_KEY),
  get('list-reconciliations', 'reconciliations'),
  get('get-reconciliation', 'reconciliations/{id}'),
  get('list-expiry', 'expiry'),
  get('get-summary', 'summary'),
  opens('Requester', 'start-repair', 'POST', 'orchestrators/{name}', KEY_UNLESS_PEOPLE),
  opens('Requester', 'start-sweep', 'POST', 'sweeps', ANY_KEY),
  get('get-plan', 'plans/{planId}'),
  opens('Approver', 'approve-plan', 'POST', 'plans/{planId}/approval', NO_KEY),
  opens('Approver', 'approve-plans', 'POST', 'approvals', NO_KEY),
  opens('Approver', 'reject-plan', 'POST', 'plans/{planId}/rejection', NO_KEY),
  opens('Approver', 'accept-vault-move', 'POST', 'vault-moves', NO_KEY),
  get('list-subscriptions', 'subscriptions'),
  opens('Approver', 'release-subscriptions', 'POST', 'subscriptions/release', NO_KEY),
  opens('Approver', 'keep-subscriptions', 'POST', 'subscriptions/keeping', NO_KEY),
  get('list-incidents', 'incidents'),
  get('get-incident', 'incidents/{id}'),
  get('get-history', 'history'),
  get('get-would-have', 'would-have'),
  get('get-ledger', 'ledger'),
  get('get-evidence', 'evidence/{hash}'),
  get('get-posture', 'posture'),
  opens('Requester', 'look-at-posture', 'POST', 'posture', ANY_KEY),
  get('get-coverage', 'coverage'),
  get('get-overrides', 'overrides'),
  // The name that `overrides` had before: kept for this version.
  get('get-orders', 'orders'),
  opens('Operator', 'pause', 'PUT', 'pause', ANY_KEY),
  opens('Approver', 'resume', 'DELETE', 'pause', MASTER_UNLESS_PEOPLE),
  opens('Operator', 'forbid-healing', 'PUT', 'do-not-heal', ANY_KEY),
  opens('Approver', 'allow-healing', 'DELETE', 'do-not-heal', MASTER_UNLESS_PEOPLE),
  opens('anybody', 'get-health', 'GET', 'health', NO_KEY),
  opens('anybody', 'get-openapi', 'GET', 'openapi.json', NO_KEY),
  opens('anybody', 'get-client-settings', 'GET', 'client-settings', NO_KEY),
  opens('anybody', 'get-page', 'GET', 'ui', NO_KEY),
  opens('anybody', 'get-page-file', 'GET', 'ui/{file}', NO_KEY),
  opens('anybody', 'get-problem', 'GET', 'problems/{code}', NO_KEY),
  get('get-health-details', 'health/details'),
  get('get-settings', 'settings'),
  { ...opens('actionGroup', 'receive-alert', 'POST', 'alerts', ANY_KEY), takes: 'event' },
  get('list-quarantine', 'quarantine'),
  get('get-quarantined', 'quarantine/{id}'),
  opens('Operator', 'replay-quarantined', 'POST', 'quarantine/{id}/replay', ANY_KEY),
] as const satisfies readonly Route[];

export type RouteName = (typeof ROUTES)[number]['name'];

export type RouteNamed<Name extends RouteName> = Route & { readonly name: Name };

/**
 * The function that answers unknown paths. Its name sorts after the names of all routes, since the host tries functions
 * in that order.
 */
export const UNKNOWN_ROUTE = 'zz-unknown-route';
