import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as df from 'durable-functions';
import { durableOf } from '../src/durable.ts';
import { ROUTES } from '../src/surface.ts';

const toDoorRequest = async (request: HttpRequest) => {
  const authorization = request.headers.get('authorization');
  return {
    params: request.params,
    query: request.query,
    text: await request.text(),
    ...(authorization !== null && { authorization }),
  };
};

const register = ({ name, method, route, authLevel }: (typeof ROUTES)[number]): void =>
  df.app.client.http(name, {
    methods: [method],
    route,
    authLevel,
    handler: async (request, client): Promise<HttpResponseInit> => {
      const { answer, guardian } = await import('../src/app.ts');
      const durable = durableOf(client, guardian.store.keyRows);
      const { status, headers, body, text } = await answer(name, await toDoorRequest(request), durable);
      return {
        status,
        ...(headers && { headers }),
        ...(body !== undefined && { jsonBody: body }),
        ...(text !== undefined && { body: text }),
      };
    },
  });

for (const one of ROUTES) register(one);
