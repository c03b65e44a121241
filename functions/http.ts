import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import * as df from 'durable-functions';
import { instancesOf } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';
import { type Registration, ROUTES, registrationsOf, UNKNOWN_ROUTE } from '../src/surface.ts';
import type { Accepts, DoorAnswer } from '../src/web/door.ts';
import type { SentRequest } from '../src/web/read-body.ts';

type One = (typeof ROUTES)[number];

const acceptedBy = ({ headers }: HttpRequest): Accepts => {
  const [encoding, etag] = [headers.get('accept-encoding'), headers.get('if-none-match')];
  return { ...(encoding !== null && { encoding }), ...(etag !== null && { etag }) };
};

/** This function does not read the body: the caller is authenticated before the body is read. */
const sentBy = (request: HttpRequest): SentRequest => {
  const authorization = request.headers.get('authorization');
  return {
    params: request.params,
    query: request.query,
    body: { length: request.headers.get('content-length') ?? undefined, chunks: request.body ?? [] },
    showsKey: Boolean(request.headers.get('x-functions-key') || request.query.get('code')),
    ...(authorization !== null && { authorization }),
    accepts: acceptedBy(request),
  };
};

const toResponse = ({ status, headers, body, text, bytes }: DoorAnswer): HttpResponseInit => ({
  status,
  ...(headers && { headers }),
  ...(body !== undefined && { jsonBody: body }),
  ...(text !== undefined && { body: text }),
  ...(bytes !== undefined && { body: bytes }),
});

const register = (one: One, { name, route, authLevel, way }: Registration): void => {
  df.app.client.http(name, {
    methods: [one.method],
    route,
    authLevel,
    handler: (request, client, context): Promise<HttpResponseInit> =>
      withinInvocation(context, async () => {
        const { answer, durableOf } = await import('../src/app.ts');
        const durable = durableOf(instancesOf(client));
        return toResponse(await answer(one, way, sentBy(request), durable));
      }),
  });
};

/** The settings decide how the route of alerts is protected. The settings are read after all other routes are registered. */
const hangsOnSettings = ({ opens }: One): boolean => opens === 'actionGroup';

const registerAll = (routes: readonly One[], settings: { readonly secureWebhook: boolean }): void => {
  for (const one of routes) for (const way of registrationsOf(one, settings)) register(one, way);
};

registerAll(
  ROUTES.filter((one) => !hangsOnSettings(one)),
  { secureWebhook: false },
);

/**
 * Answers a request for which no route is registered. Azure's host tries routes in the order of the names of their
 * functions, and not by how specific a route is. The name of this function therefore sorts after all others
 * (azure-functions-host#9876).
 */
const registerUnknown = (): void =>
  app.http(UNKNOWN_ROUTE, {
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    route: '{*path}',
    authLevel: 'anonymous',
    handler: async ({ method, params }): Promise<HttpResponseInit> => {
      const { answerUnknown } = await import('../src/app.ts');
      return toResponse(answerUnknown(method, params['path'] ?? ''));
    },
  });

/**
 * Registers the routes of alerts, whose level at the host depends on the settings, and after all routes the answer for
 * unknown ones.
 */
export const registerAlerts = (settings: { readonly secureWebhook: boolean }): void => {
  registerAll(ROUTES.filter(hangsOnSettings), settings);
  registerUnknown();
};
