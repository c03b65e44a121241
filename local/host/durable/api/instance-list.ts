import type { Instance } from '../instance.ts';
import { isTerminal } from '../instance.ts';
import type { TaskHub } from '../task-hub.ts';
import type { ApiRequest, ApiResponse } from './api-request.ts';
import { statusPayload } from './status-payload.ts';

const PAGE_SIZE = 100;

/** `GET instances`: filtered, in pages. */
export function listInstances(hub: TaskHub, { query, continuationToken }: ApiRequest): ApiResponse {
  const all = select(hub, query);
  const top = Number(query.get('top') ?? PAGE_SIZE);
  const skip = Number(Buffer.from(continuationToken, 'base64').toString() || 0);
  const end = skip + top;
  const shown = { input: query.get('showInput')?.toLowerCase() !== 'false', history: false, historyOutput: false };
  return {
    status: 200,
    json: all.slice(skip, end).map((instance) => statusPayload(instance, shown)),
    ...(end < all.length && { headers: { 'x-ms-continuation-token': Buffer.from(String(end)).toString('base64') } }),
  };
}

/** `DELETE instances`: purges the instances that match and have ended. */
export function purgeInstances(hub: TaskHub, { query }: ApiRequest): ApiResponse {
  if (!query.get('createdTimeFrom')) {
    return { status: 400, json: "Please provide value for 'createdTimeFrom' parameter." };
  }
  const ended = select(hub, query).filter(({ status }) => isTerminal(status));
  for (const { instanceId } of ended) hub.purge(instanceId);
  return ended.length > 0 ? { status: 200, json: { instancesDeleted: ended.length } } : { status: 404 };
}

function select(hub: TaskHub, query: URLSearchParams): Instance[] {
  const wanted = query
    .getAll('runtimeStatus')
    .flatMap((text) => text.split(','))
    .filter(Boolean);
  const from = Date.parse(query.get('createdTimeFrom') ?? '');
  const to = Date.parse(query.get('createdTimeTo') ?? '');
  const prefix = query.get('instanceIdPrefix') ?? '';
  return [...hub.instances.values()].filter(({ status, instanceId, createdTime }) => {
    const created = Date.parse(createdTime);
    // A missing bound is NaN: no time is below or above it.
    const isInside = !(created < from) && !(created > to);
    return isInside && instanceId.startsWith(prefix) && (wanted.length === 0 || wanted.includes(status));
  });
}
