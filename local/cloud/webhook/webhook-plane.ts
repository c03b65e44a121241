import { type Incoming, jsonBody } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer } from '../room.ts';
import { WEBHOOK_HOST, type Webhook } from './webhook.ts';

const take = (webhook: Webhook, incoming: Incoming): Answer => {
  const { behaviour, status } = webhook.behaviour();
  if (behaviour === 'fails') return { status, body: { error: 'The message was not taken.' } };
  webhook.take(jsonBody(incoming, 'InvalidJson'));
  return { status: 200 };
};

/** Takes whatever is posted as JSON, on any path: the path is the secret of whoever may post. */
export const createWebhookPlane = (webhook: Webhook): Plane => ({
  prepare: async (incoming) => {
    webhook.tried();
    const fault = webhook.fault();
    const isPost = incoming.method === 'POST';
    return {
      name: `${incoming.method} https://${WEBHOOK_HOST}/*`,
      mutating: false,
      run: async () => (isPost ? take(webhook, incoming) : { status: 405 }),
      ...(fault && { fault }),
    };
  },
});
