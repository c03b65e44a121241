import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import type { SubscriptionSpec } from './event-subscription.ts';

const common = {
  maxEventsPerBatch: z.int().nullish(),
  preferredBatchSizeInKilobytes: z.int().nullish(),
  deliveryAttributeMappings: z
    .array(
      z.object({
        name: z.string(),
        type: z.literal('Static', { error: 'only static delivery headers are simulated' }),
        properties: z.object({ value: z.string(), isSecret: z.boolean().default(false) }),
      }),
    )
    .nullish(),
};

const destinations = z.discriminatedUnion(
  'endpointType',
  [
    z.object({
      endpointType: z.literal('WebHook'),
      properties: z.object({ endpointUrl: z.string(), ...common }),
    }),
    z.object({
      endpointType: z.literal('AzureFunction'),
      properties: z.object({ resourceId: z.string(), ...common }),
    }),
    z.object({
      endpointType: z.literal('StorageQueue'),
      properties: z.object({ resourceId: z.string(), queueName: z.string(), ...common }),
    }),
  ],
  { error: 'only WebHook, AzureFunction and StorageQueue endpoints are simulated' },
);

type Destination = z.infer<typeof destinations>;

const filter = z.object({
  includedEventTypes: z.array(z.string()).nullish(),
  subjectBeginsWith: z.string().nullish(),
  subjectEndsWith: z.string().nullish(),
  isSubjectCaseSensitive: z.boolean().nullish(),
  advancedFilters: z
    .array(
      z.object({
        operatorType: z.literal('StringBeginsWith', {
          error: 'of advanced filters StringBeginsWith alone is simulated',
        }),
        key: z.string(),
        values: z.array(z.string()),
      }),
    )
    .nullish(),
});

const deadLetterDestination = z.object({
  endpointType: z.literal('StorageBlob'),
  properties: z.object({ resourceId: z.string(), blobContainerName: z.string() }),
});

const subscriptionPut = z.object({
  properties: z.object({
    destination: destinations,
    filter: filter.nullish(),
    deadLetterDestination: deadLetterDestination.nullish(),
    deadLetterWithResourceIdentity: z
      .object({
        identity: z.object({
          type: z.literal('SystemAssigned', { error: 'only the identity of the topic itself is simulated' }),
        }),
        deadLetterDestination,
      })
      .nullish(),
    eventDeliverySchema: z.enum(['EventGridSchema', 'CloudEventSchemaV1_0']).nullish(),
    retryPolicy: z
      .object({ maxDeliveryAttempts: z.int().optional(), eventTimeToLiveInMinutes: z.int().optional() })
      .nullish(),
  }),
});

const whereTo = ({ endpointType, properties }: Destination): Pick<SubscriptionSpec, 'endpointUrl' | 'resource'> => {
  if (endpointType === 'WebHook') return { endpointUrl: properties.endpointUrl };
  const { resourceId } = properties;
  return endpointType === 'AzureFunction'
    ? { resource: { endpointType, resourceId } }
    : { resource: { endpointType, resourceId, queueName: properties.queueName } };
};

type Asked = z.infer<typeof subscriptionPut>['properties'];

/** A topic without an identity cannot write with one. */
const deadLettersIn = (
  { deadLetterDestination: plain, deadLetterWithResourceIdentity: asTopic }: Asked,
  writer: string | undefined,
): SubscriptionSpec['deadLetterDestination'] => {
  if (!asTopic) return plain?.properties;
  if (writer !== undefined) return { ...asTopic.deadLetterDestination.properties, writer };
  const message =
    'deadLetterWithResourceIdentity: the topic has no identity, or the subscription is below no system topic.';
  throw new AzureError(400, 'InvalidRequest', `The event subscription is invalid: ${message}`);
};

/**
 * The subscription that a PUT asks for, or 400 InvalidRequest that names every mistake. `topic`: the parent of the subscription,
 * if it is a system topic with an identity.
 */
export const subscriptionSpec = (scope: string, name: string, body: unknown, topic?: string): SubscriptionSpec => {
  const parsed = subscriptionPut.safeParse(body);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new AzureError(400, 'InvalidRequest', `The event subscription is invalid: ${faults.join('; ')}`);
  }
  const { destination, filter: asked, eventDeliverySchema, retryPolicy } = parsed.data.properties;
  const { deliveryAttributeMappings, ...endpoint } = destination.properties;
  return {
    name,
    scope,
    ...whereTo(destination),
    schema: eventDeliverySchema ?? undefined,
    deadLetterDestination: deadLettersIn(parsed.data.properties, topic),
    filter: {
      includedEventTypes: asked?.includedEventTypes ?? undefined,
      subjectBeginsWith: asked?.subjectBeginsWith ?? undefined,
      subjectEndsWith: asked?.subjectEndsWith ?? undefined,
      isSubjectCaseSensitive: asked?.isSubjectCaseSensitive ?? undefined,
      advancedFilters: asked?.advancedFilters ?? undefined,
    },
    maxEventsPerBatch: endpoint.maxEventsPerBatch ?? undefined,
    preferredBatchSizeInKilobytes: endpoint.preferredBatchSizeInKilobytes ?? undefined,
    retryPolicy: {
      maxDeliveryAttempts: retryPolicy?.maxDeliveryAttempts ?? 30,
      timeToLiveMinutes: retryPolicy?.eventTimeToLiveInMinutes ?? 1440,
    },
    headers: (deliveryAttributeMappings ?? []).map(({ name: header, properties }) => ({ name: header, ...properties })),
  };
};
