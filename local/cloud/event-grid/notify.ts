import type { World } from '../service.ts';
import type { Delivery } from './delivery.ts';
import type { EventSubscription } from './event-subscription.ts';
import { customHeaders } from './handshake.ts';
import { exchange } from './post.ts';
import type { Outcome } from './retry-schedule.ts';

/** Event Grid's schema is always an array; a CloudEvent is alone unless the subscription asks for batches. */
const content = (
  { schema, maxEventsPerBatch }: EventSubscription,
  events: unknown[],
): [type: string, body: unknown] => {
  if (schema === 'EventGridSchema') return ['application/json; charset=utf-8', events];
  if (maxEventsPerBatch > 1) return ['application/cloudevents-batch+json; charset=utf-8', events];
  return ['application/cloudevents+json; charset=utf-8', events[0]];
};

/** Sends one request with the events of a batch, and returns how it ended. */
export const notify = async (
  world: Pick<World, 'clock' | 'sites'>,
  subscription: EventSubscription,
  batch: Delivery[],
): Promise<Outcome> => {
  // This cloud plays no queues: a queue accepts every event.
  if (subscription.resource?.endpointType === 'StorageQueue') return { status: 200 };
  const [type, body] = content(
    subscription,
    batch.map(({ event }) => event),
  );
  const { outcome } = await exchange(world, {
    method: 'POST',
    url: subscription.endpointUrl,
    headers: {
      'content-type': type,
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': subscription.name.toUpperCase(),
      'aeg-delivery-count': String(batch[0]?.attempts ?? 0),
      'aeg-data-version': String(batch[0]?.event['dataVersion'] ?? '1'),
      'aeg-metadata-version': '1',
      ...(subscription.schema === 'EventGridSchema' ? {} : { origin: 'eventgrid.azure.net' }),
      ...customHeaders(subscription),
    },
    body: JSON.stringify(body),
  });
  return outcome;
};
