import { AzureError } from '../arm/error.ts';
import { parseResourceId } from '../arm/resource-id.ts';
import type { EventFilter } from './event-filter.ts';
import type { EventSchema } from './event-schema.ts';
import type { RetryPolicy } from './retry-schedule.ts';

/** A static header on every delivery, as a shared secret for example. */
export type DeliveryHeader = { name: string; value: string; isSecret: boolean };

/**
 * An Azure resource that takes events: a function, or the queue of a storage account. `resourceId` is that of the function
 * or of the account.
 */
export type ResourceDestination =
  | { endpointType: 'AzureFunction'; resourceId: string }
  | { endpointType: 'StorageQueue'; resourceId: string; queueName: string };

/** Who wants which events of a vault or a subscription, and how. Left out is Azure's default. */
export type SubscriptionSpec = {
  name: string;
  /** ARM id of the vault, or `/subscriptions/{id}`. */
  scope: string;
  /** Where its webhook is; of a resource it is looked up. */
  endpointUrl?: string | undefined;
  /** A webhook when left out. */
  resource?: ResourceDestination | undefined;
  schema?: EventSchema | undefined;
  filter?: EventFilter | undefined;
  maxEventsPerBatch?: number | undefined;
  preferredBatchSizeInKilobytes?: number | undefined;
  retryPolicy?: Partial<RetryPolicy> | undefined;
  headers?: DeliveryHeader[] | undefined;
  /** The instant from which it has existed, for worlds that begin with it; when its endpoint is validated if left out. */
  since?: number | undefined;
};

export type ProvisioningState = 'Creating' | 'Updating' | 'Succeeded' | 'Failed';

export type EventSubscription = {
  [K in keyof Omit<SubscriptionSpec, 'since' | 'resource'>]-?: Exclude<SubscriptionSpec[K], undefined>;
} & {
  resource: ResourceDestination | undefined;
  retryPolicy: RetryPolicy;
  provisioningState: ProvisioningState;
  /** When it began to hear events, milliseconds; undefined until its endpoint was validated for the first time. */
  activeSince: number | undefined;
};

const bad = (message: string) => new AzureError(400, 'InvalidRequest', message);

const between = (name: string, value: number, least: number, most: number): number => {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw bad(`${name} must be between ${least} and ${most}, not ${value}.`);
};

/** Azure wants https; this cloud delivers on its own clock, which is http on the loopback interface. */
const checkEndpoint = (url: string): string => {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)) return url;
  throw bad(`The endpoint '${url}' cannot be reached: the local cloud delivers to http://127.0.0.1 only.`);
};

const isTopic = (scope: string): boolean =>
  /^\/subscriptions\/[^/]+$/i.test(scope) || parseResourceId(scope)?.type.toLowerCase() === 'microsoft.keyvault/vaults';

/** A subscription with every default filled in (Event Grid, 2025-02-15), or 400. */
export const newSubscription = (spec: SubscriptionSpec): EventSubscription => {
  if (!/^[a-z0-9-]{3,64}$/i.test(spec.name)) throw bad(`'${spec.name}' is not the name of an event subscription.`);
  if (!isTopic(spec.scope)) throw bad(`Events are simulated for vaults and subscriptions, not for '${spec.scope}'.`);
  const { maxDeliveryAttempts = 30, timeToLiveMinutes = 1440 } = spec.retryPolicy ?? {};
  return {
    name: spec.name,
    scope: spec.scope,
    endpointUrl: spec.resource?.endpointType === 'StorageQueue' ? '' : checkEndpoint(spec.endpointUrl ?? ''),
    resource: spec.resource,
    schema: spec.schema ?? 'EventGridSchema',
    filter: spec.filter ?? {},
    maxEventsPerBatch: between('maxEventsPerBatch', spec.maxEventsPerBatch ?? 1, 1, 5000),
    preferredBatchSizeInKilobytes: between(
      'preferredBatchSizeInKilobytes',
      spec.preferredBatchSizeInKilobytes ?? 64,
      1,
      1024,
    ),
    retryPolicy: {
      maxDeliveryAttempts: between('maxDeliveryAttempts', maxDeliveryAttempts, 1, 30),
      timeToLiveMinutes: between('eventTimeToLiveInMinutes', timeToLiveMinutes, 1, 1440),
    },
    headers: spec.headers ?? [],
    provisioningState: 'Creating',
    activeSince: undefined,
  };
};
