import type { HostAnswer, HostCall } from '../../local/call-host.ts';
import { ROUTES, type RouteName } from '../../src/surface.ts';
import { ANSWERS } from '../../src/web/contract/answers/answers.ts';
import type { Answers } from '../../src/web/contract/answers/answers-row.ts';
import { problem, refusalsOf } from '../../src/web/contract/answers/refusals.ts';
import { PROBLEMS, type ProblemCode } from '../../src/web/problems.ts';

type RouteOfTable = (typeof ROUTES)[number];

const PATTERNS = ROUTES.map((route) => ({
  route,
  path: new RegExp(`^/api/${route.route.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** The route of a call, itself or its twin, where it has one. */
export const routeOf = ({ method, path }: Pick<HostCall, 'method' | 'path'>): RouteOfTable | undefined => {
  const [bare = ''] = path.replace(/^\/api\/keyed\//, '/api/').split('?');
  const found = PATTERNS.find((one) => one.route.method === method && one.path.test(bare))?.route;
  return path.startsWith('/api/keyed/') && found?.keyed.level === 'none' ? undefined : found;
};

const inWords = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string =>
  issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

const faultOfProblem = (route: RouteOfTable, { status, body, headers }: HostAnswer): string | undefined => {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return `its problem does not fit: ${inWords(parsed.error.issues)}`;
  const { error, type } = parsed.data;
  const code = error.code as ProblemCode;
  if (headers['content-type'] !== 'application/problem+json')
    return `its problem is of type ${headers['content-type']}`;
  if (type !== `/api/problems/${code}` || parsed.data.status !== status || PROBLEMS[code]?.status !== status)
    return `its problem says ${type}, ${code} and ${parsed.data.status} instead of ${status}`;
  return refusalsOf(route).includes(code) ? undefined : `${code} is no refusal of its row`;
};

const faultOfBody = (name: RouteName, { status, body }: HostAnswer): string | undefined => {
  const documented = (ANSWERS[name] as Answers).answers[status];
  if (!documented) return 'its status is not documented';
  // An answer without JSON: without a body, or of another type that the request has asked for.
  if (body === undefined) return undefined;
  if (!documented.schema) return 'it has a body';
  const parsed = documented.schema.safeParse(body);
  return parsed.success ? undefined : `its body does not fit: ${inWords(parsed.error.issues)}`;
};

/** Answers of the host itself: to an unknown key, or to a path without a registered route. */
const isOfHost = ({ status, body }: HostAnswer): boolean => body === undefined && [401, 404].includes(status);

/** The difference between an answer of a route and its contract: a sentence, undefined where there is none. */
export const brokenContract = (call: HostCall, answer: HostAnswer): string | undefined => {
  const route = routeOf(call);
  if (!route || isOfHost(answer)) return undefined;
  const isProblem = answer.headers['content-type']?.startsWith('application/problem+json') || answer.status >= 300;
  const isDocumented = Object.hasOwn(ANSWERS[route.name].answers, answer.status);
  const fault = isProblem && !isDocumented ? faultOfProblem(route, answer) : faultOfBody(route.name, answer);
  return fault && `${call.method} ${call.path} answered ${answer.status}: ${fault}`;
};
