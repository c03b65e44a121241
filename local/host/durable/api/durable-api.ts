import { HubError } from '../hub-error.ts';
import { isTerminal } from '../instance.ts';
import type { TaskHub } from '../task-hub.ts';
import { type ApiRequest, type ApiResponse, isJson } from './api-request.ts';
import { listInstances, purgeInstances } from './instance-list.ts';
import { notSupported, operate, showInstance } from './instance-operations.ts';
import { managementUrls, type Webhook } from './management-urls.ts';

/** The Durable HTTP management API: the routes and answers of the extension's HttpApiHandler. */
export async function durableApi(hub: TaskHub, webhook: Webhook, request: ApiRequest): Promise<ApiResponse> {
  try {
    return await route(hub, webhook, request);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const Message = 'One or more of the arguments submitted is incorrect';
    return { status: error.status, json: { Message, ExceptionMessage: error.message } };
  }
}

async function route(hub: TaskHub, webhook: Webhook, request: ApiRequest): Promise<ApiResponse> {
  const { method, path } = request;
  const [area, id, operation] = path;
  if (area === 'entities') {
    return notSupported('An entity', 'Keep the state in a table, and read and write it in activities.');
  }
  if (area === 'orchestrators' && id && method === 'POST') return start(hub, webhook, request);
  if (area !== 'instances') return { status: 404 };
  if (!id) return collection(hub, request);
  const instance = hub.instances.get(id);
  if (!instance) return { status: 404 };
  if (operation) return method === 'POST' ? operate(hub, request, instance) : { status: 404 };
  if (method === 'GET') return showInstance(request, instance);
  if (method !== 'DELETE') return { status: 404 };
  hub.purge(id);
  return { status: 200, json: { instancesDeleted: 1 } };
}

function collection(hub: TaskHub, request: ApiRequest): ApiResponse {
  if (request.method === 'GET') return listInstances(hub, request);
  return request.method === 'DELETE' ? purgeInstances(hub, request) : { status: 404 };
}

/** `POST orchestrators/{name}[/{id}]`; with `timeout` and `pollingInterval` (seconds) it waits for the end. */
async function start(hub: TaskHub, webhook: Webhook, request: ApiRequest): Promise<ApiResponse> {
  const { path, query, body } = request;
  if (query.has('version'))
    return notSupported('Orchestration versioning', 'Start the orchestration without a version.');
  if (body && !isJson(body)) return { status: 400, json: { Message: 'Invalid JSON content' } };
  const { instanceId } = hub.start(path[1] ?? '', path[2] ?? null, body || null);
  const timeout = Number(query.get('timeout'));
  if (timeout > 0 && query.has('pollingInterval')) {
    await hub.untilEnded(instanceId, timeout * 1000);
    const ended = hub.instances.get(instanceId);
    if (ended?.status === 'Completed') return { status: 200, json: JSON.parse(ended.output ?? 'null') };
    if (ended && isTerminal(ended.status)) return showInstance(request, ended);
  }
  const { rewindPostUri: _, ...links } = managementUrls(webhook, instanceId);
  return { status: 202, json: links, headers: { location: links['statusQueryGetUri'] ?? '', 'retry-after': '10' } };
}
