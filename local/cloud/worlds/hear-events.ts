import type { FullWorld } from '../create-world.ts';
import type { EventSchema } from '../event-grid/event-schema.ts';
import type { EventSubscription } from '../event-grid/event-subscription.ts';

export type Hearing = { endpointUrl: string; name?: string; schema?: EventSchema };

/**
 * Has an endpoint hear the events of every vault. The subscriptions count as older than every key, as where they were
 * set up first: Azure tells of near expiry and expiry only for versions made after the subscription. Rejects when the
 * endpoint does not validate itself.
 */
export const hearEvents = (world: FullWorld, { name = 'guardian', ...where }: Hearing): Promise<EventSubscription[]> =>
  Promise.all(
    world.keyVault.vaults().map(async ({ id }) => {
      const subscription = await world.eventGrid.subscribe({ name, scope: id, ...where });
      subscription.activeSince = 0;
      return subscription;
    }),
  );

/** Has an endpoint hear every write in every subscription. Rejects when it does not validate itself. */
export const hearWrites = (world: FullWorld, { name = 'guardian', ...where }: Hearing): Promise<EventSubscription[]> =>
  Promise.all(
    world.subscriptions
      .all()
      .map(({ id }) => world.eventGrid.subscribe({ name, scope: `/subscriptions/${id}`, ...where })),
  );
