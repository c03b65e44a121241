import { callHost, type HostCall } from '../../local/call-host.ts';
import type { Principal } from '../../local/cloud/entra/entra.ts';
import { ROUTES, type RouteName } from '../../src/surface.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import type { ContractRow } from '../../src/web/contract/row.ts';
import { ALERT_AUDIENCE, groupSender } from './alerts.ts';
import type { App } from './open-app.ts';
import { AUDIENCE, join, personNamed } from './people.ts';

/** The callers of routes. Each is a person or client of the world, with the headers that they would send. */
export const CALLERS = [
  'nobody',
  'header of the platform',
  'function key',
  'master key',
  'wrong audience',
  'expired',
  'application',
  'other tenant',
  'action group',
  'Reader',
  'Requester',
  'Operator',
  'own request’s approver',
  'Approver',
] as const;

export type CallerName = (typeof CALLERS)[number];

type Headers = Readonly<Record<string, string>>;

const NO_KEY = { 'x-functions-key': '' };

/** The headers that App Service adds in front of an app whose sign-in is its own. Here any caller sends them. */
const platformHeader = (): Headers => {
  const principal = {
    auth_typ: 'aad',
    claims: [{ typ: 'roles', val: 'Approver' }],
    name_typ: 'name',
    role_typ: 'roles',
  };
  return {
    ...NO_KEY,
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': '00000000-0000-0000-0000-0000000000aa',
    'x-ms-client-principal-name': 'approver@example.com',
  };
};

const ROLES = ['Reader', 'Requester', 'Operator', 'Approver'];

/** The headers of each caller. `Own`, the requester of the repair, has both roles. */
export const headersOfCallers = async (app: App): Promise<Readonly<Record<CallerName, Headers>>> => {
  const { entra } = app.cloud.world;
  const by = async (principal: Principal, audience = AUDIENCE): Promise<Headers> => ({
    ...NO_KEY,
    authorization: `Bearer ${await entra.issue({ principal, audience, version: '2.0' })}`,
  });
  const withRole = (role: string) => by(join(app, `only ${role}`, [role]));
  const approver = personNamed(app, 'approver');
  const expired = { principal: approver, audience: AUDIENCE, version: '2.0', seconds: -3_600 } as const;
  const application = entra.createServicePrincipal({ name: 'pipeline', roles: ROLES });
  const stranger = entra.createUser({
    name: 'approver elsewhere',
    roles: ['Approver'],
    tenantId: '77777777-7777-7777-7777-777777777777',
  });
  return {
    nobody: NO_KEY,
    'header of the platform': platformHeader(),
    'function key': { 'x-functions-key': app.host().functionKey },
    'master key': { 'x-functions-key': app.host().masterKey },
    'wrong audience': await by(approver, 'https://management.azure.com'),
    expired: { ...NO_KEY, authorization: `Bearer ${await entra.issue(expired)}` },
    application: await by(application),
    'other tenant': await by(stranger),
    'action group': await by(groupSender(app), ALERT_AUDIENCE),
    Reader: await withRole('Reader'),
    Requester: await withRole('Requester'),
    Operator: await withRole('Operator'),
    'own request’s approver': await by(join(app, 'both', ['Requester', 'Approver'])),
    Approver: await by(approver),
  };
};

const patternOf = (name: RouteName, known: Headers): string => {
  const { params = {} }: ContractRow = CONTRACT[name];
  const { route } = ROUTES.find((one) => one.name === name) ?? { route: '' };
  return route.replaceAll(/\{(\w+)\}/g, (_all, param: string) => known[param] ?? params[param]?.example ?? 'none');
};

/** Calls a route, or its twin below /api/keyed, and returns the status. `known`: existing values for the parts of paths. */
export const statusAt = async (
  app: App,
  { name, below, known }: { readonly name: RouteName; readonly below: 'api' | 'api/keyed'; readonly known: Headers },
  headers: Headers,
): Promise<number> => {
  const { method } = ROUTES.find((one) => one.name === name) ?? { method: 'GET' };
  const call: HostCall = { method, path: `/${below}/${patternOf(name, known)}`, headers };
  return (await callHost(app.clock, app.host(), call)).status;
};
