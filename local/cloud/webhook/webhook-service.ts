import { z } from 'zod';
import type { Service } from '../service.ts';
import { BEHAVIOURS, CHAT_HOSTS, WEBHOOK_HOST, type Webhook } from './webhook.ts';

const broken = z.strictObject({
  behaviour: z.enum(BEHAVIOURS),
  status: z.int().min(400).max(599).optional(),
  retryAfter: z.int().min(0).optional(),
  host: z.string().optional(),
});

/** Verbs of the host of messages to people: the messages that it took, and how it answers. */
export const webhookService = (webhook: Webhook): Service => ({
  name: 'webhook',
  routes: [],
  breaks: [
    {
      name: 'webhook',
      title: `The host of the notification webhook, https://${WEBHOOK_HOST}/, and those of chats fail or do not answer`,
      parameters: {
        behaviour: `${BEHAVIOURS.join(', ')}: it answers a status, never answers, closes the connection, or takes the message and loses the answer`,
        'status?': 'what it answers where it fails, 400 to 599; 503 when left out',
        'retryAfter?': 'seconds of the Retry-After header where it fails; no header when left out',
        'host?': `this one alone: ${WEBHOOK_HOST}, ${CHAT_HOSTS.join(', ')}; all of them when left out`,
      },
      run: (input) => {
        const { behaviour, status, retryAfter, host } = broken.parse(input);
        webhook.behave(behaviour, {
          ...(status !== undefined && { status }),
          ...(retryAfter !== undefined && { retryAfter }),
          ...(host !== undefined && { host }),
        });
        return webhook.behaviour(host);
      },
    },
  ],
  repairs: [
    {
      name: 'webhook',
      title: 'The host of the notification webhook takes messages again',
      parameters: {},
      run: () => {
        webhook.behave('answers');
        return webhook.behaviour();
      },
    },
  ],
  snapshot: () => ({
    ...webhook.behaviour(),
    tries: webhook.tries(),
    received: webhook.received().map(({ at, host, body }) => ({ at: new Date(at).toISOString(), host, body })),
  }),
});
