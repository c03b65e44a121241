import type { Room } from '../room.ts';
import type { EventGrid } from './event-grid.ts';
import { eventSubscriptionRoutes } from './event-subscription-routes.ts';
import { eventVerbs } from './event-verbs.ts';
import { subscriptionBody } from './subscription-body.ts';

const time = (instant: number) => new Date(instant).toISOString();

/** Every subscription with what it has delivered, what waits and what was given up. */
const snapshot = (eventGrid: EventGrid) =>
  eventGrid.subscriptions().map((subscription) => {
    const deliveries = eventGrid.deliveries(subscription.scope, subscription.name);
    return {
      ...subscriptionBody(subscription),
      delivered: deliveries?.delivered() ?? 0,
      pending: deliveries?.pending().map(({ dueAt, attempts, event }) => ({ due: time(dueAt), attempts, event })) ?? [],
      deadLetters: deliveries?.deadLetters() ?? [],
    };
  });

/** Event Grid as the cloud serves it; `hasVault` says whether an ARM id is a vault's. */
export const eventGridRoom = (eventGrid: EventGrid, hasVault: (scope: string) => boolean): Room => ({
  name: 'event-grid',
  routes: eventSubscriptionRoutes(eventGrid, hasVault),
  ...eventVerbs(eventGrid),
  snapshot: () => snapshot(eventGrid),
});
