import { AzureError } from '../arm/error.ts';
import type { World } from '../service.ts';
import type { DeadLetterBlobs } from './dead-letter-blobs.ts';
import { createDeliveries } from './deliveries.ts';
import type { Entries, Entry } from './entries.ts';
import { type EventSubscription, newSubscription, type SubscriptionSpec } from './event-subscription.ts';
import { validates } from './handshake.ts';

/** A request for a subscription: its entry, and the subscription that it becomes once its endpoint has proven itself. */
export type Enrolment = { entry: Entry; wanted: EventSubscription; since: number | undefined };

/** Enters a new subscription, or finds the existing one that is to change; throws 400 for an invalid request. */
export const beginEnrolment = (
  world: World,
  entries: Entries,
  blobs: Pick<DeadLetterBlobs, 'write'>,
  spec: SubscriptionSpec,
): Enrolment => {
  const wanted = newSubscription(spec);
  const known = entries.get(spec.scope, spec.name);
  if (known) {
    known.subscription.provisioningState = 'Updating';
    return { entry: known, wanted, since: undefined };
  }
  const entry: Entry = { subscription: wanted, deliveries: createDeliveries(world, () => entry.subscription, blobs) };
  entries.set(entry);
  return { entry, wanted, since: spec.since };
};

/** Validates the endpoint. Until it is proven, a subscription that was there goes on as it was. */
export const finishEnrolment = async (
  world: World,
  { entry, wanted, since }: Enrolment,
): Promise<EventSubscription> => {
  if (!(await validates(world, wanted))) {
    entry.subscription.provisioningState = 'Failed';
    throw new AzureError(
      400,
      'Url validation',
      `The attempt to validate the provided endpoint ${wanted.endpointUrl} failed. For more details, visit https://aka.ms/esvalidation.`,
    );
  }
  const activeSince = entry.subscription.activeSince ?? since ?? world.clock.now();
  entry.subscription = { ...wanted, activeSince, provisioningState: 'Succeeded' };
  return entry.subscription;
};
