import { type Incoming, jsonBody } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer } from '../service.ts';
import type { Webhook } from './webhook.ts';

const take = (webhook: Webhook, incoming: Incoming): Answer => {
  const { behaviour, status, retryAfter } = webhook.behaviour(incoming.host);
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (behaviour === 'fails') return { status, headers, body: { error: 'The message was not taken.' } };
  webhook.take(incoming.host, jsonBody(incoming, 'InvalidJson'));
  // A workflow of Teams, and PagerDuty, accept a message with 202 and process it later.
  return { status: /logic\.azure\.com$|pagerduty\.com$/.test(incoming.host) ? 202 : 200 };
};

/** Takes every JSON body that is posted, on any path: the path is the secret that lets a sender post. */
export const createWebhookPlane = (webhook: Webhook): Plane => ({
  prepare: async (incoming) => {
    webhook.tried();
    const fault = webhook.fault(incoming.host);
    const isPost = incoming.method === 'POST';
    return {
      name: `${incoming.method} https://${incoming.host}/*`,
      mutating: false,
      run: async () => (isPost ? take(webhook, incoming) : { status: 405 }),
      ...(fault && { fault }),
    };
  },
});
