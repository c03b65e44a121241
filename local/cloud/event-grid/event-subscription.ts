import { AzureError } from '../arm/error.ts';
import { parseResourceId } from '../arm/resource-id.ts';
import { SITE_DOMAIN } from '../web/site.ts';
import { CUSTOM_TOPIC_TYPE } from './custom-topics.ts';
import { type EventFilter, MOST_FILTER_VALUES } from './event-filter.ts';
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

/**
 * The container of a storage account that gets undeliverable events. `resourceId` is that of the account; `writer` the system
 * topic with whose identity they are written, which then needs the right to write there.
 */
export type DeadLetterDestination = { resourceId: string; blobContainerName: string; writer?: string | undefined };

/**
 * The endpoint, the events that it gets from a vault or a subscription, and their schema. A property that is left out has Azure's
 * default.
 */
export type SubscriptionSpec = {
  name: string;
  /** ARM id of the vault or the custom topic, or `/subscriptions/{id}`. */
  scope: string;
  /** The URL of its webhook; for a resource it is looked up. */
  endpointUrl?: string | undefined;
  /** A webhook when left out. */
  resource?: ResourceDestination | undefined;
  schema?: EventSchema | undefined;
  filter?: EventFilter | undefined;
  maxEventsPerBatch?: number | undefined;
  preferredBatchSizeInKilobytes?: number | undefined;
  retryPolicy?: Partial<RetryPolicy> | undefined;
  headers?: DeliveryHeader[] | undefined;
  deadLetterDestination?: DeadLetterDestination | undefined;
  /**
   * The instant from which it has existed, for worlds that begin with it; when left out, the instant at which its endpoint is
   * validated.
   */
  since?: number | undefined;
};

export type ProvisioningState = 'Creating' | 'Updating' | 'Succeeded' | 'Failed';

export type EventSubscription = {
  [K in keyof Omit<SubscriptionSpec, 'since' | 'resource' | 'deadLetterDestination'>]-?: Exclude<
    SubscriptionSpec[K],
    undefined
  >;
} & {
  resource: ResourceDestination | undefined;
  deadLetterDestination: DeadLetterDestination | undefined;
  retryPolicy: RetryPolicy;
  provisioningState: ProvisioningState;
  /** When it began to get events, milliseconds; undefined until its endpoint was validated for the first time. */
  activeSince: number | undefined;
};

const bad = (message: string) => new AzureError(400, 'InvalidRequest', message);

const between = (name: string, value: number, least: number, most: number): number => {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw bad(`${name} must be between ${least} and ${most}, not ${value}.`);
};

/**
 * Azure wants https, which the sites of this cloud have. Other endpoints are reached on the clock of this cloud: by http on the
 * loopback interface.
 */
const checkEndpoint = (url: string): string => {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (protocol === 'https:' && hostname.endsWith(SITE_DOMAIN)) return url;
  if (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)) return url;
  throw bad(
    `The endpoint '${url}' cannot be reached: the local cloud delivers to http://127.0.0.1 and to its sites only.`,
  );
};

const SOURCES = ['microsoft.keyvault/vaults', CUSTOM_TOPIC_TYPE.toLowerCase()];

const isSource = (scope: string): boolean =>
  /^\/subscriptions\/[^/]+$/i.test(scope) || SOURCES.includes(parseResourceId(scope)?.type.toLowerCase() ?? '');

const isCustomTopic = (scope: string): boolean =>
  parseResourceId(scope)?.type.toLowerCase() === CUSTOM_TOPIC_TYPE.toLowerCase();

const checkFilter = (filter: EventFilter): EventFilter => {
  const count = (filter.advancedFilters ?? []).flatMap(({ values }) => values).length;
  if (count <= MOST_FILTER_VALUES) return filter;
  throw bad(`The advanced filters hold ${count} values; an event subscription may have ${MOST_FILTER_VALUES}.`);
};

/** A topic that takes CloudEvents delivers CloudEvents alone (Event Grid, "Event schemas"). */
const schemaOf = ({ scope, schema }: SubscriptionSpec): EventSchema => {
  if (!isCustomTopic(scope)) return schema ?? 'EventGridSchema';
  if (schema === 'EventGridSchema')
    throw bad('A topic whose input schema is CloudEventSchemaV1_0 delivers no other one.');
  return 'CloudEventSchemaV1_0';
};

/** A subscription with every default filled in (Event Grid, 2025-02-15), or 400. */
export const newSubscription = (spec: SubscriptionSpec): EventSubscription => {
  if (!/^[a-z0-9-]{3,64}$/i.test(spec.name)) throw bad(`'${spec.name}' is not the name of an event subscription.`);
  if (!isSource(spec.scope))
    throw bad(`Events are simulated for vaults, subscriptions and custom topics, not for '${spec.scope}'.`);
  const { maxDeliveryAttempts = 30, timeToLiveMinutes = 1440 } = spec.retryPolicy ?? {};
  return {
    name: spec.name,
    scope: spec.scope,
    endpointUrl: spec.resource?.endpointType === 'StorageQueue' ? '' : checkEndpoint(spec.endpointUrl ?? ''),
    resource: spec.resource,
    schema: schemaOf(spec),
    filter: checkFilter(spec.filter ?? {}),
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
    deadLetterDestination: spec.deadLetterDestination,
    provisioningState: 'Creating',
    activeSince: undefined,
  };
};
