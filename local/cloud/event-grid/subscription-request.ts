import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import type { SubscriptionSpec } from './event-subscription.ts';

const webhook = z.object({
  endpointType: z.literal('WebHook', { error: 'only WebHook endpoints are simulated' }),
  properties: z.object({
    endpointUrl: z.string(),
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
  }),
});

const filter = z.object({
  includedEventTypes: z.array(z.string()).nullish(),
  subjectBeginsWith: z.string().nullish(),
  subjectEndsWith: z.string().nullish(),
  isSubjectCaseSensitive: z.boolean().nullish(),
});

const subscriptionPut = z.object({
  properties: z.object({
    destination: webhook,
    filter: filter.nullish(),
    eventDeliverySchema: z.enum(['EventGridSchema', 'CloudEventSchemaV1_0']).nullish(),
    retryPolicy: z
      .object({ maxDeliveryAttempts: z.int().optional(), eventTimeToLiveInMinutes: z.int().optional() })
      .nullish(),
  }),
});

/** What a PUT asks for, or 400 InvalidRequest with every fault. */
export const subscriptionSpec = (scope: string, name: string, body: unknown): SubscriptionSpec => {
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
    endpointUrl: endpoint.endpointUrl,
    schema: eventDeliverySchema ?? undefined,
    filter: {
      includedEventTypes: asked?.includedEventTypes ?? undefined,
      subjectBeginsWith: asked?.subjectBeginsWith ?? undefined,
      subjectEndsWith: asked?.subjectEndsWith ?? undefined,
      isSubjectCaseSensitive: asked?.isSubjectCaseSensitive ?? undefined,
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
