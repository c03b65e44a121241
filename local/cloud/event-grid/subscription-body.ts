import type { EventSubscription } from './event-subscription.ts';

const header = ({ name, value, isSecret }: EventSubscription['headers'][number]) => ({
  name,
  type: 'Static',
  properties: { value: isSecret ? null : value, isSecret },
});

/** The endpoint without its query, which holds the key of a function; only `getFullUrl` answers the whole URL. */
const baseUrl = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

const batching = ({ maxEventsPerBatch, preferredBatchSizeInKilobytes }: EventSubscription) => ({
  maxEventsPerBatch,
  preferredBatchSizeInKilobytes,
});

/** The destination of the events. A queue gets them one by one. */
const destination = (subscription: EventSubscription) => {
  const { endpointUrl, headers, resource } = subscription;
  const deliveryAttributeMappings = headers.map(header);
  if (!resource) {
    const properties = { endpointBaseUrl: baseUrl(endpointUrl), ...batching(subscription), deliveryAttributeMappings };
    return { endpointType: 'WebHook', properties };
  }
  const { endpointType, ...properties } = resource;
  return endpointType === 'AzureFunction'
    ? { endpointType, properties: { ...properties, ...batching(subscription), deliveryAttributeMappings } }
    : { endpointType, properties };
};

/** The destination of dead letters: written with the identity of the topic, or by Event Grid's own rights. */
const deadLetters = ({ deadLetterDestination: given }: EventSubscription) => {
  if (!given) return {};
  const { writer, ...properties } = given;
  const deadLetterDestination = { endpointType: 'StorageBlob', properties };
  if (writer === undefined) return { deadLetterDestination };
  return { deadLetterWithResourceIdentity: { identity: { type: 'SystemAssigned' }, deadLetterDestination } };
};

/** A subscription as ARM shows it (Microsoft.EventGrid/eventSubscriptions, 2025-02-15). */
export const subscriptionBody = (subscription: EventSubscription) => ({
  id: `${subscription.scope}/providers/Microsoft.EventGrid/eventSubscriptions/${subscription.name}`,
  name: subscription.name,
  type: 'Microsoft.EventGrid/eventSubscriptions',
  properties: {
    topic: subscription.scope,
    provisioningState: subscription.provisioningState,
    destination: destination(subscription),
    filter: subscription.filter,
    eventDeliverySchema: subscription.schema,
    ...deadLetters(subscription),
    retryPolicy: {
      maxDeliveryAttempts: subscription.retryPolicy.maxDeliveryAttempts,
      eventTimeToLiveInMinutes: subscription.retryPolicy.timeToLiveMinutes,
    },
  },
});
