import type { Activities } from './loop/messages.ts';

/** The names of what a start registers. What they do is in src/app.ts, which the first invocation loads. */
const NAMES: Readonly<Record<keyof Activities, true>> = {
  assessKey: true,
  recordAssessment: true,
  settleKey: true,
  beginStep: true,
  writeStep: true,
  pollStep: true,
  endStep: true,
  listScope: true,
  sweepKeys: true,
  wakeLeftovers: true,
  planProbe: true,
  probeKeys: true,
  listPosture: true,
  judgePosture: true,
  publishPosture: true,
};

export const ACTIVITIES = Object.keys(NAMES) as readonly (keyof Activities)[];

export type Route = {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly route: string;
  /** `anonymous`: the door asks for a token of its own. */
  readonly authLevel: 'function' | 'anonymous';
};

const route = <const Name extends string>(name: Name, method: Route['method'], path: string) =>
  ({ name, method, route: path, authLevel: 'function' }) as const;

/** The HTTP surface, below /api. */
export const ROUTES = [
  route('start-reconciliation', 'POST', 'reconciliations'),
  route('list-reconciliations', 'GET', 'reconciliations'),
  route('get-reconciliation', 'GET', 'reconciliations/{id}'),
  route('start-repair', 'POST', 'orchestrators/{name}'),
  route('get-plan', 'GET', 'plans/{planId}'),
  { ...route('approve-plan', 'POST', 'plans/{planId}/approval'), authLevel: 'anonymous' },
  route('list-incidents', 'GET', 'incidents'),
  route('get-ledger', 'GET', 'ledger'),
  route('get-evidence', 'GET', 'evidence/{hash}'),
  route('get-posture', 'GET', 'posture'),
  route('look-at-posture', 'POST', 'posture'),
  route('get-coverage', 'GET', 'coverage'),
  route('get-orders', 'GET', 'orders'),
  route('pause', 'PUT', 'pause'),
  route('resume', 'DELETE', 'pause'),
  route('forbid-healing', 'PUT', 'do-not-heal'),
  route('allow-healing', 'DELETE', 'do-not-heal'),
] as const satisfies readonly Route[];

export type RouteName = (typeof ROUTES)[number]['name'];
