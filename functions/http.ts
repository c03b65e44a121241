import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as df from 'durable-functions';
import { guardian, type Route, routes } from '../src/app.ts';
import { durableOf } from '../src/durable.ts';

const toDoorRequest = async (request: HttpRequest) => {
  const authorization = request.headers.get('authorization');
  return {
    params: request.params,
    query: request.query,
    // Not JSON and no body look the same to a door: it says what it expects.
    body: await request.json().catch(() => undefined),
    ...(authorization !== null && { authorization }),
  };
};

const register = ({ name, method, route, authLevel, door }: Route): void =>
  df.app.client.http(name, {
    methods: [method],
    route,
    authLevel,
    handler: async (request, client): Promise<HttpResponseInit> => {
      const durable = durableOf(client, guardian.store.keyRows);
      const { status, headers, body } = await door(await toDoorRequest(request), guardian, durable);
      return { status, ...(headers && { headers }), ...(body !== undefined && { jsonBody: body }) };
    },
  });

for (const one of routes) register(one);
