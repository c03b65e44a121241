import type { EventSubscription } from './event-subscription.ts';

const header = ({ name, value, isSecret }: EventSubscription['headers'][number]) => ({
  name,
  type: 'Static',
  properties: { value: isSecret ? null : value, isSecret },
});

/** The endpoint without its query, which holds the key of a function; the whole URL is `getFullUrl`'s to give. */
const baseUrl = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

/** A subscription as ARM shows it (Microsoft.EventGrid/eventSubscriptions, 2025-02-15). */
export const subscriptionBody = (subscription: EventSubscription) => ({
  id: `${subscription.scope}/providers/Microsoft.EventGrid/eventSubscriptions/${subscription.name}`,
  name: subscription.name,
  type: 'Microsoft.EventGrid/eventSubscriptions',
  properties: {
    topic: subscription.scope,
    provisioningState: subscription.provisioningState,
    destination: {
      endpointType: 'WebHook',
      properties: {
        endpointBaseUrl: baseUrl(subscription.endpointUrl),
        maxEventsPerBatch: subscription.maxEventsPerBatch,
        preferredBatchSizeInKilobytes: subscription.preferredBatchSizeInKilobytes,
        deliveryAttributeMappings: subscription.headers.map(header),
      },
    },
    filter: subscription.filter,
    eventDeliverySchema: subscription.schema,
    retryPolicy: {
      maxDeliveryAttempts: subscription.retryPolicy.maxDeliveryAttempts,
      eventTimeToLiveInMinutes: subscription.retryPolicy.timeToLiveMinutes,
    },
  },
});
