import type { Service } from '../service.ts';
import { customTopicBody, customTopicRoutes } from './custom-topic-routes.ts';
import { CUSTOM_TOPIC_TYPE } from './custom-topics.ts';
import type { EventGrid } from './event-grid.ts';
import { eventSubscriptionRoutes, type GridWorld } from './event-subscription-routes.ts';
import { eventVerbs } from './event-verbs.ts';
import { subscriptionBody } from './subscription-body.ts';
import { TOPIC_TYPE, topicRoutes } from './topic-routes.ts';

const time = (instant: number) => new Date(instant).toISOString();

/** Every subscription with its delivered events, its waiting events and its dead letters. */
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

/** Event Grid as the cloud serves it. */
export const eventGridService = (world: GridWorld): Service => {
  const { eventGrid } = world;
  return {
    name: 'event-grid',
    routes: [...eventSubscriptionRoutes(world), ...topicRoutes(world), ...customTopicRoutes(eventGrid)],
    resources: () => [
      ...eventGrid.topics.all().map(({ id, name, location, tags }) => ({ id, name, type: TOPIC_TYPE, location, tags })),
      ...eventGrid.customTopics
        .all()
        .map(({ id, name, location, tags }) => ({ id, name, type: CUSTOM_TOPIC_TYPE, location, tags })),
    ],
    remove: (id) => {
      const topic = eventGrid.topics.get(id);
      if (topic) eventGrid.removeTopic(topic);
      if (eventGrid.customTopics.get(id)) eventGrid.removeCustomTopic(id);
    },
    ...eventVerbs(world),
    snapshot: () => ({
      topics: eventGrid.customTopics.all().map(customTopicBody),
      subscriptions: snapshot(eventGrid),
      deadLetterBlobs: eventGrid
        .deadLetterBlobs()
        .map(({ writtenAt, ...blob }) => ({ ...blob, writtenAt: time(writtenAt) })),
    }),
  };
};
