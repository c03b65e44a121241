import type { Verifier } from '../entra/verify-token.ts';
import { type Incoming, jsonBody } from '../incoming.ts';
import type { ExchangeIds, Plane, Prepared } from '../plane.ts';
import type { Answer, Call, Caller, Route, World } from '../room.ts';
import { createRouter, type Matched } from '../router.ts';
import { armAudiences, armCaller } from './authenticate.ts';
import { AzureError, errorBody } from './error.ts';
import { apiVersionOf, chooseRoute } from './find-route.ts';
import { createRateLimits } from './rate-limit.ts';
import { scopeOf } from './scope.ts';

/** https://management.azure.com: who, which route and version, may they, then the room's own answer. */
export const createArmPlane = (world: World, routes: Route[], verify: Verifier): Plane => {
  const find = createRouter(routes);
  const limits = createRateLimits(world.clock);

  const prepare = async (incoming: Incoming, ids: ExchangeIds): Promise<Prepared> => {
    const candidates = find(incoming.path);
    const name = routeName(incoming, candidates);
    if (name === 'not simulated') {
      world.log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}?${incoming.query}`);
    }
    const verified = await verify(incoming.headers['authorization'], armAudiences);
    const caller = verified.kind === 'caller' ? verified.caller : undefined;
    const work = async (): Promise<Answer> => {
      const who = armCaller(verified, new Date(world.clock.now()));
      const matched = chooseRoute(incoming, candidates, routes);
      authorize(world, matched, who, incoming);
      return matched.route.handle(callOf(incoming, matched, who, ids));
    };
    return {
      name,
      mutating: isMutating(incoming.method, candidates),
      ...(caller ? { caller } : {}),
      run: async () => {
        const answer = await work().catch((error) => failure(error, world));
        return { ...answer, headers: { ...commonHeaders(incoming, caller, ids), ...answer.headers } };
      },
    };
  };

  const commonHeaders = ({ method, path }: Incoming, caller: Caller | undefined, ids: ExchangeIds) => {
    const subscription = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1] ?? '';
    return {
      'x-ms-correlation-request-id': ids.correlationId,
      'x-ms-routing-request-id': `KOREACENTRAL:${new Date(world.clock.now()).toISOString()}:${ids.requestId}`,
      ...(caller ? limits.spend({ method, subscription, objectId: caller.objectId }) : {}),
    };
  };
  return { prepare };
};

const routeName = ({ method, query }: Incoming, candidates: Matched<Route>[]): string => {
  const version = apiVersionOf(query) ?? '';
  const found = candidates.find(({ route }) => route.method === method && route.apiVersions.includes(version));
  return found ? `${method} ${found.route.path}` : 'not simulated';
};

const isMutating = (method: string, candidates: Matched<Route>[]): boolean => {
  if (method === 'GET' || method === 'HEAD') return false;
  return !candidates.some(({ route }) => route.method === method && route.readsOnly);
};

const callOf = (incoming: Incoming, { params }: Matched<Route>, caller: Caller, ids: ExchangeIds): Call => {
  const { method, host, path, query, headers } = incoming;
  const body = parsed(incoming);
  return { method, host, path, params, query, headers, body, caller, apiVersion: apiVersionOf(query) ?? '', ...ids };
};

const parsed = (incoming: Incoming): unknown => {
  try {
    return jsonBody(incoming);
  } catch {
    throw new AzureError(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    );
  }
};

const authorize = (world: World, { route, params }: Matched<Route>, caller: Caller, { path }: Incoming): void => {
  const { subscription, group } = params;
  if (subscription !== undefined) {
    const known = world.subscriptions.get(subscription);
    if (!known) {
      throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
    }
    if (known.tenantId !== caller.tenantId) {
      const message = `The access token is from the wrong issuer 'https://sts.windows.net/${caller.tenantId}/'. It must match the tenant 'https://sts.windows.net/${known.tenantId}/' associated with this subscription.`;
      throw new AzureError(401, 'InvalidAuthenticationTokenTenant', message);
    }
  }
  const scope = scopeOf(path);
  if (route.action && !world.rbac.allows({ principalId: caller.objectId, action: route.action, scope })) {
    throw authorizationFailed(caller, route.action, scope);
  }
  if (subscription !== undefined && group !== undefined && !world.subscriptions.group(subscription, group)) {
    throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
};

/** The 403 of Azure Resource Manager, word for word. */
export const authorizationFailed = (caller: Caller, action: string, scope: string): AzureError =>
  new AzureError(
    403,
    'AuthorizationFailed',
    `The client '${caller.appId ?? caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

const failure = (error: unknown, world: World): Answer => {
  if (error instanceof AzureError) return { status: error.status, headers: error.headers, body: errorBody(error) };
  world.log(`the local cloud failed: ${error instanceof Error ? error.stack : String(error)}`);
  return { status: 500, body: errorBody(new AzureError(500, 'InternalServerError', 'An unexpected error occured.')) };
};
