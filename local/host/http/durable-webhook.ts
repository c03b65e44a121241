import { durableApi } from '../durable/api/durable-api.ts';
import type { Webhook } from '../durable/api/management-urls.ts';
import type { TaskHub } from '../durable/task-hub.ts';
import type { Incoming, Reply } from './http-server.ts';

/** The management API below a base path, both for the webhook and for the SDK's loopback endpoint. */
export async function durableWebhook(hub: TaskHub, webhook: Webhook, base: string, request: Incoming): Promise<Reply> {
  const { method, url, headers, body } = request;
  const path = url.pathname.slice(base.length).split('/').filter(Boolean).map(decodeURIComponent);
  const answer = await durableApi(hub, webhook, {
    method,
    path,
    query: url.searchParams,
    href: url.href,
    contentType: headers['content-type'] ?? '',
    continuationToken: headers['x-ms-continuation-token'] ?? '',
    body: body.toString('utf8'),
  });
  if (answer.json === undefined) return { status: answer.status, headers: answer.headers ?? {} };
  const contentType = { 'content-type': 'application/json; charset=utf-8' };
  return { status: answer.status, body: JSON.stringify(answer.json), headers: { ...contentType, ...answer.headers } };
}
