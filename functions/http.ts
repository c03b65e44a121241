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

/** The body is left alone: it is decided who is there before it is read. */
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

/** By which way alerts come is a matter of the settings, which are read when all others are registered. */
const hangsOnSettings = ({ opens }: One): boolean => opens === 'actionGroup';

const registerAll = (routes: readonly One[], settings: { readonly secureWebhook: boolean }): void => {
  for (const one of routes) for (const way of registrationsOf(one, settings)) register(one, way);
};

registerAll(
  ROUTES.filter((one) => !hangsOnSettings(one)),
  { secureWebhook: false },
);

/**
 * What no route takes is answered in words. Azure's host tries routes in the order of the names of their functions, not by how much
 * they say, so that this one comes after all others by its name (azure-functions-host#9876).
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

/** The doors of alerts, whose level at the host the settings choose; and after all of them, what is none. */
export const registerAlerts = (settings: { readonly secureWebhook: boolean }): void => {
  registerAll(ROUTES.filter(hangsOnSettings), settings);
  registerUnknown();
};
