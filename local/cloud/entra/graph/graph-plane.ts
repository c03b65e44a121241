import { type Incoming, jsonBody } from '../../incoming.ts';
import type { Plane } from '../../plane.ts';
import { createRouter } from '../../router.ts';
import type { Answer, World } from '../../service.ts';
import type { Verified, Verifier } from '../verify-token.ts';
import { applicationRoutes } from './application-routes.ts';
import { assignmentRoutes } from './assignment-routes.ts';
import { GraphError } from './graph-error.ts';
import type { GraphRoute } from './graph-route.ts';
import { membershipRoutes } from './membership-routes.ts';
import { servicePrincipalRoutes } from './service-principal-routes.ts';

export const GRAPH_HOST = 'graph.microsoft.com';

const AUDIENCES = [`https://${GRAPH_HOST}`, `https://${GRAPH_HOST}/`];

const answerOf = (error: GraphError, at: number, requestId: string): Answer => ({
  status: error.status,
  body: {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        date: new Date(at).toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': requestId,
      },
    },
  },
});

const callerOf = (verified: Verified) => {
  if (verified.kind === 'caller') return verified.caller;
  const why: Record<typeof verified.kind, string> = {
    missing: 'Access token is empty.',
    expired: 'Lifetime validation failed, the token is expired.',
    audience: 'Access token validation failure. Invalid audience.',
    issuer: 'Access token validation failure. Invalid issuer.',
    invalid: 'Access token validation failure.',
  };
  throw new GraphError(401, 'InvalidAuthenticationToken', why[verified.kind]);
};

/** https://graph.microsoft.com: applications, their service principals, and the assignments of their roles. */
export const createGraphPlane = (world: World, verify: Verifier): Plane => {
  const routes = [
    ...applicationRoutes(world),
    ...servicePrincipalRoutes(world),
    ...membershipRoutes(world),
    ...assignmentRoutes(world),
  ];
  const find = createRouter<GraphRoute>(routes);

  const carryOut = async (incoming: Incoming, verified: Verified): Promise<Answer> => {
    const caller = callerOf(verified);
    const found = find(incoming.path).find(({ route }) => route.method === incoming.method);
    if (!found) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${incoming.path}' does not exist.`);
    const { path, query, headers } = incoming;
    const body = jsonBody(incoming, 'BadRequest');
    return found.route.handle({ path, query, headers, body, caller, params: found.params });
  };

  return {
    prepare: async (incoming, { requestId }) => {
      const verified = await verify(incoming.headers['authorization'], AUDIENCES);
      const [first] = find(incoming.path).filter(({ route }) => route.method === incoming.method);
      if (!first) world.log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}`);
      return {
        name: first ? `${first.route.method} https://${GRAPH_HOST}${first.route.path}` : 'not simulated',
        mutating: incoming.method !== 'GET',
        ...(verified.kind === 'caller' && { caller: verified.caller }),
        run: () =>
          carryOut(incoming, verified).catch((error: unknown) => {
            if (error instanceof GraphError) return answerOf(error, world.clock.now(), requestId);
            const { message } = error as Error;
            world.log(`Microsoft Graph failed: ${message}`);
            return answerOf(new GraphError(400, 'BadRequest', message), world.clock.now(), requestId);
          }),
      };
    },
  };
};
