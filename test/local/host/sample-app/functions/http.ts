import { app } from '@azure/functions';
import * as df from 'durable-functions';

app.http('echo', {
  methods: ['GET', 'POST'],
  authLevel: 'function',
  route: 'echo/{id:int}/{rest?}',
  handler: async (request, context) => ({
    status: 201,
    headers: { 'x-fn': context.functionName },
    cookies: [{ name: 'c', value: 'v', path: '/', httpOnly: true }],
    jsonBody: {
      method: request.method,
      params: request.params,
      query: Object.fromEntries(request.query),
      body: await request.text(),
      header: request.headers.get('x-test'),
    },
  }),
});

app.http('secret', { methods: ['GET'], authLevel: 'admin', handler: async () => ({ body: 'for admins' }) });

app.http('boom', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: async () => {
    throw new Error('boom');
  },
});

app.http('nothing', { methods: ['GET'], authLevel: 'anonymous', handler: async () => undefined as unknown as object });

const impossible = { cookies: [{ name: 'c', value: 'v', path: '/\n' }] };
app.http('impossible', { methods: ['GET'], authLevel: 'anonymous', handler: async () => impossible });

app.http('worker', { methods: ['GET'], authLevel: 'anonymous', handler: async () => ({ jsonBody: process.pid }) });

app.http('binary', {
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: async (request) => ({
    body: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': 'application/octet-stream' },
  }),
});

df.app.client.http('start', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'start/{name}/{id?}',
  handler: async (request, client) => {
    const text = await request.text();
    const { name = '', id } = request.params;
    const instanceId = await client.startNew(name, {
      ...(id !== undefined && { instanceId: id }),
      ...(text && { input: JSON.parse(text) }),
    });
    return client.createCheckStatusResponse(request, instanceId);
  },
});

df.app.client.http('startAndWait', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'wait/{name}',
  handler: async (request, client) => {
    const id = await client.startNew(request.params['name'] ?? '', { input: await request.json() });
    const options = { timeoutInMilliseconds: 5000, retryIntervalInMilliseconds: 50 };
    return client.waitForCompletionOrCreateCheckStatusResponse(request, id, options);
  },
});

type ClientCall = { op: string; args: unknown[] };

/** Calls any method of the durable client: {"op": "getStatus", "args": ["id"]}. */
df.app.client.http('client', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'client',
  handler: async (request, client) => {
    const { op, args } = (await request.json()) as ClientCall;
    const method = client[op as keyof typeof client] as (...args: unknown[]) => Promise<unknown>;
    try {
      return { jsonBody: { ok: (await method.apply(client, args.map(revive))) ?? null } };
    } catch (error) {
      return { jsonBody: { error: error instanceof Error ? error.message : String(error) } };
    }
  },
});

function revive(argument: unknown): unknown {
  if (typeof argument !== 'object' || argument === null) return argument;
  if ('entity' in argument) return new df.EntityId(...(argument.entity as [string, string]));
  if (!('createdTimeFrom' in argument)) return argument;
  return { ...argument, createdTimeFrom: new Date(argument.createdTimeFrom as number) };
}
