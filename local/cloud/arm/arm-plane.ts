import { actingCaller } from '../acting-caller.ts';
import type { Caller } from '../caller.ts';
import type { Verifier } from '../entra/verify-token.ts';
import { type Incoming, jsonBody } from '../incoming.ts';
import type { ExchangeIds, Plane, Prepared } from '../plane.ts';
import { createRouter, type Matched } from '../router.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { armAudiences, armCaller } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { failure } from './failure.ts';
import { apiVersionOf, chooseRoute, servedNow } from './find-route.ts';
import { createRateLimits } from './rate-limit.ts';
import { recordWrite } from './record-write.ts';
import { refuseByPolicy } from './refuse-by-policy.ts';
import { refuseWhenLocked } from './refuse-when-locked.ts';

export type ArmPlaneParts = {
  world: World;
  routes: Route[];
  verify: Verifier;
  /** Whether a resource is there. */
  exists(id: string): boolean;
};

/**
 * https://management.azure.com: checks the caller, finds the route and version, checks the rights, then gives the service's own
 * answer.
 */
export const createArmPlane = (parts: ArmPlaneParts): Plane => {
  const { world, routes, verify } = parts;
  const find = createRouter(routes);
  const limits = createRateLimits(world);

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
      const served = servedNow(incoming.path, candidates, world.switches);
      const matched = chooseRoute(incoming, served, routes);
      return carryOut(parts, { incoming, matched, caller: who, ids });
    };
    return {
      name,
      mutating: isMutating(incoming.method, candidates),
      ...(caller ? { caller } : {}),
      run: async () => {
        const spent = caller && limits.spend({ ...incoming, objectId: caller.objectId });
        const answer = spent?.refusal
          ? failure(spent.refusal, world)
          : await work().catch((error) => failure(error, world));
        return { ...answer, headers: { ...commonHeaders(ids), ...spent?.headers, ...answer.headers } };
      },
    };
  };

  const commonHeaders = ({ correlationId, requestId }: ExchangeIds) => ({
    'x-ms-correlation-request-id': correlationId,
    'x-ms-routing-request-id': `KOREACENTRAL:${new Date(world.clock.now()).toISOString()}:${requestId}`,
  });
  return { prepare };
};

type Exchange = { incoming: Incoming; matched: Matched<Route>; caller: Caller; ids: ExchangeIds };

/** The service's answer to a caller with a valid token; a write is logged with its outcome, a refused write too. */
const carryOut = async ({ world, exists }: ArmPlaneParts, exchange: Exchange): Promise<Answer> => {
  const { incoming, matched, caller, ids } = exchange;
  const isWrite = isMutating(incoming.method, [matched]);
  const existed = isWrite && exists(incoming.path);
  const answer = await perform(world, exchange).catch((error) => failure(error, world));
  if (isWrite) recordWrite(world, { incoming, ids, caller, action: matched.route.action, existed }, answer);
  return answer;
};

const perform = async (world: World, { incoming, matched, caller, ids }: Exchange): Promise<Answer> => {
  authorize(world, matched, caller, incoming.path);
  refuseWhenLocked(world, matched.route, incoming.path);
  const call = callOf(incoming, matched, caller, ids);
  refuseByPolicy(world, matched.route.method, incoming.path, call.body);
  return actingCaller.run(caller, () => matched.route.handle(call));
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
  const body = jsonBody(incoming, 'InvalidRequestContent');
  return { method, host, path, params, query, headers, body, caller, apiVersion: apiVersionOf(query) ?? '', ...ids };
};
