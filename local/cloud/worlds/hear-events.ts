import type { FullWorld } from '../create-world.ts';
import type { EventFilter } from '../event-grid/event-filter.ts';
import type { EventSchema } from '../event-grid/event-schema.ts';
import type { EventSubscription, SubscriptionSpec } from '../event-grid/event-subscription.ts';

/** `functionId`: ARM id of the function at that URL, which is then the destination; a webhook when left out. */
export type Hearing = { endpointUrl: string; functionId?: string; name?: string; schema?: EventSchema };

/**
 * Subscribes an endpoint to the events of every vault. The subscriptions are dated before every key, as where they were set up
 * first: Azure reports near expiry and expiry only for versions made after the subscription. Rejects when the endpoint does not
 * validate itself.
 */
export const hearEvents = (world: FullWorld, hearing: Hearing): Promise<EventSubscription[]> => {
  const { name = 'guardian' } = hearing;
  const destination = destinationOf(world, hearing);
  return Promise.all(
    world.keyVault.vaults().map(async ({ id }) => {
      const subscription = await world.eventGrid.subscribe({ name, scope: id, ...destination });
      subscription.activeSince = 0;
      return subscription;
    }),
  );
};

/**
 * Subscribes an endpoint to the writes in every subscription, all of them where no filters are given; each filter is an event
 * subscription of its own. Rejects when the endpoint does not validate itself.
 */
export const hearWrites = (
  world: FullWorld,
  { filters = [{}], ...hearing }: Hearing & { filters?: readonly EventFilter[] },
): Promise<EventSubscription[]> => {
  const { name = 'guardian' } = hearing;
  const destination = destinationOf(world, hearing);
  const scopes = world.subscriptions.all().map(({ id }) => `/subscriptions/${id}`);
  const nameOf = (n: number): string => (n === 0 ? name : `${name}-${n + 1}`);
  return Promise.all(
    scopes.flatMap((scope) =>
      filters.map((filter, n) => world.eventGrid.subscribe({ name: nameOf(n), scope, filter, ...destination })),
    ),
  );
};

const destinationOf = (
  { eventGrid }: FullWorld,
  { endpointUrl, functionId, schema }: Hearing,
): Pick<SubscriptionSpec, 'endpointUrl' | 'resource' | 'schema'> => {
  if (functionId === undefined) return { endpointUrl, schema };
  eventGrid.functions.runsAt(functionId, endpointUrl);
  return { resource: { endpointType: 'AzureFunction', resourceId: functionId }, schema };
};
