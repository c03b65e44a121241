import type { Invoke } from '../invoker.ts';
import { type Admin, adminApi } from './admin-api.ts';
import { type EventGridFunction, eventGridWebhook } from './event-grid-webhook.ts';
import { callHttpFunction, findRoute, type HttpRoute } from './http-functions.ts';
import type { Incoming, Reply } from './http-server.ts';
import { type Keys, opens, type Requirement } from './keys.ts';

export type FrontDoor = {
  keys: Keys;
  /** No keys are needed, as in Core Tools by default. */
  authDisabled: boolean;
  routes: HttpRoute[];
  invoke: Invoke;
  admin: Admin;
  findEventGridFunction(name: string): EventGridFunction | null;
  durable(request: Incoming): Promise<Reply>;
};

export const DURABLE_BASE = '/runtime/webhooks/durabletask';
const EVENT_GRID_BASE = '/runtime/webhooks/eventgrid';

/** Answers every request to the public port. A missing or wrong key is 401. */
export async function frontDoor(door: FrontDoor, request: Incoming): Promise<Reply> {
  const path = request.url.pathname.toLowerCase();
  if (isBelow(path, DURABLE_BASE)) {
    return guarded(door, request, { level: 'system', key: 'durabletask_extension' }, () => door.durable(request));
  }
  if (isBelow(path, EVENT_GRID_BASE)) {
    return guarded(door, request, { level: 'system', key: 'eventgrid_extension' }, () => deliver(door, request));
  }
  if (isBelow(path, '/admin')) {
    return guarded(door, request, { level: 'admin' }, () => adminApi(door.admin, request));
  }
  const match = findRoute(door.routes, request);
  if (!match) return { status: path === '/' && request.method === 'GET' ? 200 : 404 };
  const level = requiredLevel(match.fn.trigger.authLevel);
  return guarded(door, request, { level }, () => callHttpFunction(door.invoke, match, request, door.admin.log));
}

const isBelow = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`);

/** The programming model's default is anonymous. */
function requiredLevel(authLevel: string | undefined): 'anonymous' | 'function' | 'admin' {
  const level = authLevel?.toLowerCase();
  return level === 'function' || level === 'admin' ? level : 'anonymous';
}

async function guarded(
  { keys, authDisabled }: FrontDoor,
  { headers, url }: Incoming,
  requirement: Requirement,
  answer: () => Promise<Reply>,
): Promise<Reply> {
  const presented = headers['x-functions-key'] ?? url.searchParams.get('code');
  return authDisabled || opens(keys, presented, requirement) ? answer() : { status: 401 };
}

function deliver(door: FrontDoor, { url, headers, body }: Incoming): Promise<Reply> {
  const delivery = {
    functionName: url.searchParams.get('functionName') ?? '',
    type: headers['aeg-event-type'] ?? '',
    body: body.toString('utf8'),
  };
  return eventGridWebhook(delivery, door.findEventGridFunction);
}
