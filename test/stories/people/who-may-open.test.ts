import { describe, expect, it } from 'vitest';
import { ROUTES, type RouteName } from '../../../src/surface.ts';
import { SECURE_WEBHOOK } from '../../builders/alerts.ts';
import { NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { KEY, loseOrders, orders, single } from '../../builders/incident.ts';
import { APPROVE, askedPlan } from '../../builders/people.ts';
import { CALLERS, type CallerName, headersOfCallers, statusAt } from '../../builders/who-opens.ts';

/**
 * `in`: the caller is let in, and the route itself answers. The first value is for the route, the second for its twin below
 * /api/keyed.
 */
type Expected = readonly [atRoute: number | 'in', atTwin: number | 'in'];
type Kind = Readonly<Record<CallerName, Expected>>;

/** Whose token is none of a person of this tenant for this API: nothing at a route, and at a twin it is no key. */
const STRANGERS = {
  nobody: [401, 401],
  'header of the platform': [401, 401],
  'wrong audience': [401, 401],
  expired: [401, 401],
  application: [401, 401],
  'other tenant': [401, 401],
  'action group': [401, 401],
} as const satisfies Partial<Kind>;

const NO_TWIN = {
  nobody: [401, 404],
  'header of the platform': [401, 404],
  'wrong audience': [401, 404],
  expired: [401, 404],
  application: [401, 404],
  'other tenant': [401, 404],
  'action group': [401, 404],
  'function key': [401, 404],
  'master key': [401, 404],
} as const satisfies Partial<Kind>;

/** A key opens the twin; at the route it is led there. */
const ANY_KEY = { 'function key': [308, 'in'], 'master key': [308, 'in'] } as const satisfies Partial<Kind>;

const ALL_PEOPLE = {
  Reader: ['in', 401],
  Requester: ['in', 401],
  Operator: ['in', 401],
  'own request’s approver': ['in', 401],
  Approver: ['in', 401],
} as const satisfies Partial<Kind>;

const KINDS = {
  read: { ...STRANGERS, ...ANY_KEY, ...ALL_PEOPLE },
  start: { ...STRANGERS, ...ANY_KEY, ...ALL_PEOPLE, Reader: [403, 401] },
  repair: {
    ...STRANGERS,
    ...ALL_PEOPLE,
    'function key': [401, 401],
    'master key': [401, 401],
    Reader: [403, 401],
  },
  override: { ...STRANGERS, ...ANY_KEY, ...ALL_PEOPLE, Reader: [403, 401], Requester: [403, 401] },
  lift: {
    ...STRANGERS,
    ...ALL_PEOPLE,
    'function key': [401, 401],
    'master key': [401, 401],
    Reader: [403, 401],
    Requester: [403, 401],
    Operator: [403, 401],
  },
  decide: {
    ...NO_TWIN,
    Reader: [403, 404],
    Requester: [403, 404],
    Operator: [403, 404],
    'own request’s approver': ['in', 404],
    Approver: ['in', 404],
  },
  bare: {
    ...NO_TWIN,
    nobody: ['in', 404],
    'header of the platform': ['in', 404],
    'function key': ['in', 404],
    'master key': ['in', 404],
    Reader: ['in', 404],
    Requester: ['in', 404],
    Operator: ['in', 404],
    'own request’s approver': ['in', 404],
    Approver: ['in', 404],
  },
  alerts: {
    ...STRANGERS,
    ...ANY_KEY,
    'action group': ['in', 401],
    Reader: [401, 401],
    Requester: [401, 401],
    Operator: [401, 401],
    'own request’s approver': [401, 401],
    Approver: [401, 401],
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** Each route: its callers, and its answer to a request without query or body. A missing route does not compile. */
const TABLE: Readonly<Record<RouteName, readonly [keyof typeof KINDS, ...answered: number[]]>> = {
  'start-reconciliation': ['start', 400],
  'list-reconciliations': ['read', 200],
  'list-expiry': ['read', 200],
  'get-summary': ['read', 200],
  'get-reconciliation': ['read', 404],
  'start-repair': ['repair', 400],
  'start-sweep': ['start', 202, 409],
  'get-plan': ['read', 200],
  'approve-plan': ['decide', 202],
  'approve-plans': ['decide', 400],
  'reject-plan': ['decide', 400],
  'accept-vault-move': ['decide', 400],
  'list-subscriptions': ['read', 200],
  'release-subscriptions': ['decide', 400],
  'keep-subscriptions': ['decide', 400],
  'list-incidents': ['read', 200],
  'get-incident': ['read', 404],
  'get-history': ['read', 200],
  'get-would-have': ['read', 200],
  'get-ledger': ['read', 400],
  'get-evidence': ['read', 404],
  'get-posture': ['read', 200, 202],
  'look-at-posture': ['start', 202],
  'get-coverage': ['read', 200],
  'get-overrides': ['read', 200],
  'get-orders': ['read', 200],
  pause: ['override', 400],
  resume: ['lift', 400],
  'forbid-healing': ['override', 400],
  'allow-healing': ['lift', 400],
  'get-health': ['bare', 200],
  'get-openapi': ['bare', 200],
  'get-client-settings': ['bare', 200],
  'get-page': ['bare', 200],
  'get-page-file': ['bare', 200],
  'get-problem': ['bare', 200],
  'get-health-details': ['read', 200],
  'get-settings': ['read', 200],
  'receive-alert': ['alerts', 202],
  'list-quarantine': ['read', 200],
  'get-quarantined': ['read', 404],
  'replay-quarantined': ['override', 404],
};

/** A plan waits for an answer, and a person who may approve has requested its steps. */
const withAPlan = async () => {
  const app = await startApp({
    world: orders([single('orders')]),
    wake: 'sweep',
    settings: { ...APPROVE, ...SECURE_WEBHOOK },
  });
  await loseOrders(app);
  await app.pass(NEXT_SWEEP);
  const callers = await headersOfCallers(app);
  const headers = callers['own request’s approver'];
  await app.door({ method: 'POST', path: '/api/orchestrators/extendKeyExpiry', headers, body: { key: KEY } }, 202);
  return { app, callers, known: { planId: await askedPlan(app) } };
};

/** A rule beyond the role: a person must not approve their own request. */
const BEYOND_THE_ROLE: Partial<Record<RouteName, Partial<Record<CallerName, number>>>> = {
  'approve-plan': { 'own request’s approver': 403 },
};

const expectedOf = (name: RouteName, caller: CallerName, way: 0 | 1): readonly number[] => {
  const [kind, ...answered] = TABLE[name];
  const beyond = way === 0 ? BEYOND_THE_ROLE[name]?.[caller] : undefined;
  const expected = beyond ?? (KINDS[kind] as Kind)[caller][way];
  return expected === 'in' ? answered : [expected];
};

type Scene = Awaited<ReturnType<typeof withAPlan>>;

/** One caller after another: callers that may do it come last. */
const wrongAnswers = async ({ app, callers, known }: Scene, name: RouteName): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const caller of CALLERS) {
    for (const [way, below] of (['api', 'api/keyed'] as const).entries()) {
      const status = await statusAt(app, { name, below, known }, callers[caller]);
      const expected = expectedOf(name, caller, way === 0 ? 0 : 1);
      if (!expected.includes(status))
        wrong.push(`${name} below ${below}, ${caller}: ${status} instead of ${expected.join(' or ')}`);
    }
  }
  return wrong;
};

describe('Each route', () => {
  it('opens to each caller as the table says, on the host that checks the keys', async () => {
    const scene = await withAPlan();
    const wrong: string[] = [];
    for (const { name } of ROUTES) wrong.push(...(await wrongAnswers(scene, name)));
    expect(wrong).toEqual([]);
  });
});
