import { type AppFunction, type AppFunctions, withTrigger } from '../app-functions.ts';
import type { Invoke } from '../invoker.ts';
import type { Log } from '../log.ts';
import type { HttpRequestData } from '../worker/protocol.ts';
import { toReply } from './http-response.ts';
import type { Incoming, Reply } from './http-server.ts';
import { compileRoute, matchRoute, type RouteTemplate } from './route-template.ts';

export type HttpRoute = { fn: AppFunction; methods: string[]; template: RouteTemplate };
export type RouteMatch = { fn: AppFunction; params: Record<string, string> };

/** The path of a function, without the leading slash. */
export const routeOf = (fn: AppFunction, prefix: string): string =>
  [prefix, fn.trigger.route ?? fn.name].filter(Boolean).join('/');

export const methodsOf = ({ trigger }: AppFunction): string[] =>
  (trigger.methods ?? ['GET', 'POST']).map((method) => method.toUpperCase());

const byName = ({ fn: one }: HttpRoute, { fn: other }: HttpRoute): number =>
  one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1;

/**
 * Routes in the order of the functions' names, however unspecific a route is, as in the Functions host
 * (azure-functions-host#9876).
 */
export const compileRoutes = (functions: AppFunctions, prefix: string): HttpRoute[] =>
  withTrigger(functions, 'httpTrigger')
    .map((fn) => ({ fn, methods: methodsOf(fn), template: compileRoute(routeOf(fn, prefix)) }))
    .sort(byName);

/** A wrong verb is no match, so the answer is 404 rather than 405, as in the Functions host. */
export function findRoute(routes: HttpRoute[], { method, url }: Incoming): RouteMatch | null {
  for (const { fn, methods, template } of routes) {
    const params = methods.includes(method) ? matchRoute(template, url.pathname) : null;
    if (params) return { fn, params };
  }
  return null;
}

/** Runs an HTTP function. If it throws, the answer is 500 without a body. */
export async function callHttpFunction(
  invoke: Invoke,
  { fn, params }: RouteMatch,
  request: Incoming,
  log: Log,
): Promise<Reply> {
  try {
    const { returnValue } = await invoke(fn, { http: toHttpData(request, params) });
    return toReply(returnValue);
  } catch (error) {
    log('error', `${fn.name}: ${error instanceof Error ? error.message : error}`);
    return { status: 500 };
  }
}

function toHttpData({ method, url, headers, body }: Incoming, params: Record<string, string>): HttpRequestData {
  const names = new Set(url.searchParams.keys());
  const query = Object.fromEntries([...names].map((name) => [name, url.searchParams.getAll(name).join(',')]));
  return {
    method,
    url: url.href,
    nullableHeaders: nullable(headers),
    nullableQuery: nullable(query),
    nullableParams: nullable(params),
    ...(body.length > 0 && { body: { bytes: body } }),
  };
}

const nullable = (values: Record<string, string>): Record<string, { value: string }> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
