import { z } from 'zod';
import type { Room } from '../room.ts';
import { BEHAVIOURS, WEBHOOK_HOST, type Webhook } from './webhook.ts';

const broken = z.strictObject({
  behaviour: z.enum(BEHAVIOURS),
  status: z.int().min(400).max(599).optional(),
});

/** The host of messages to people, and what it has taken. */
export const webhookRoom = (webhook: Webhook): Room => ({
  name: 'webhook',
  routes: [],
  breaks: [
    {
      name: 'webhook',
      title: `The host of the notification webhook, https://${WEBHOOK_HOST}/, fails or does not answer`,
      parameters: {
        behaviour: `${BEHAVIOURS.join(', ')}: it answers a status, never answers, closes the connection, or takes the message and loses the answer`,
        'status?': 'what it answers where it fails, 400 to 599; 503 when left out',
      },
      run: (input) => {
        const { behaviour, status } = broken.parse(input);
        webhook.behave(behaviour, status);
        return webhook.behaviour();
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
    received: webhook.received().map(({ at, body }) => ({ at: new Date(at).toISOString(), body })),
  }),
});
