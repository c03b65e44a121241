import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import { gridTime } from './event-schema.ts';
import type { EventSubscription } from './event-subscription.ts';
import { customHeaders } from './handshake.ts';
import { exchange } from './post.ts';

/** Sends a webhook of Event Grid's own schema, once, the event that its subscription is deleted (type SubscriptionDeletion). */
export const sayFarewell = async (world: World, subscription: EventSubscription): Promise<void> => {
  const { scope, name, schema, activeSince, resource } = subscription;
  if (resource || schema !== 'EventGridSchema' || activeSince === undefined) return;
  const event = {
    id: guid(world.seed, 'farewell', scope, name, world.clock.now()),
    topic: scope,
    subject: '',
    data: { eventSubscriptionId: `${scope}/providers/Microsoft.EventGrid/eventSubscriptions/${name}` },
    eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent',
    eventTime: gridTime(world.clock.now()),
    metadataVersion: '1',
    dataVersion: '2',
  };
  await exchange(world, {
    method: 'POST',
    url: subscription.endpointUrl,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'SubscriptionDeletion',
      'aeg-subscription-name': name.toUpperCase(),
      'aeg-metadata-version': '1',
      'aeg-data-version': '2',
      'aeg-delivery-count': '0',
      ...customHeaders(subscription),
    },
    body: JSON.stringify([event]),
  });
};
