import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import { type CustomTopic, type CustomTopics, createCustomTopics } from './custom-topics.ts';
import { createDeadLetterBlobs, type DeadLetterBlob } from './dead-letter-blobs.ts';
import type { Deliveries } from './deliveries.ts';
import { beginEnrolment, finishEnrolment } from './enrol.ts';
import { createEntries, type Entries } from './entries.ts';
import type { EventSubscription, SubscriptionSpec } from './event-subscription.ts';
import { sayFarewell } from './farewell.ts';
import { createFunctions, type Functions } from './functions.ts';
import { publishEvents } from './publish.ts';
import { createSystemTopics, type SystemTopic, type SystemTopics } from './system-topics.ts';

/**
 * Event Grid's system topics of all vaults and subscriptions, and custom topics. An event subscription is named by that ARM id
 * and its own name.
 */
export type EventGrid = {
  topics: SystemTopics;
  customTopics: CustomTopics;
  /** Publishes an event that a client has sent to a custom topic, as a CloudEvent. */
  publish(topic: CustomTopic, event: Record<string, unknown>): void;
  /** Removes the topic with its subscriptions; false if there was none. */
  removeCustomTopic(id: string): boolean;
  deadLetterBlobs(): DeadLetterBlob[];
  /** The functions of this world with their webhooks: Event Grid finds a webhook by the id of its function. */
  functions: Functions;
  /** Removes the topic with the subscriptions of its source. */
  removeTopic(topic: SystemTopic): void;
  /** Makes or changes a subscription; resolves when its endpoint is validated, else rejects with 400 `Url validation`. */
  subscribe(spec: SubscriptionSpec): Promise<EventSubscription>;
  /** Like `subscribe`, but answers at once and leaves the outcome in `provisioningState`. */
  beginSubscribe(spec: SubscriptionSpec): EventSubscription;
  unsubscribe(scope: string, name: string): boolean;
  subscription(scope: string, name: string): EventSubscription | undefined;
  subscriptions(): EventSubscription[];
  deliveries(scope: string, name: string): Deliveries | undefined;
  /** Delivers an event as it is given, without regard to any filter. */
  send(scope: string, name: string, event: Record<string, unknown>): void;
};

/** How subscriptions end: one by one, or all that have the same source. */
const endSubscriptions = (world: World, entries: Entries) => {
  const unsubscribe = (scope: string, name: string): boolean => {
    const entry = entries.get(scope, name);
    if (entry) void sayFarewell(world, entry.subscription);
    return entries.remove(scope, name);
  };
  const dropSource = (scope: string): void => {
    const own = entries.all().filter(({ subscription }) => subscription.scope.toLowerCase() === scope.toLowerCase());
    for (const { subscription } of own) unsubscribe(scope, subscription.name);
  };
  // Deleting a vault deletes its subscriptions; recovering it brings none back.
  world.onChange(({ kind, resourceId }) => {
    if (kind === 'vaultDeleted') dropSource(resourceId);
  });
  return { unsubscribe, dropSource };
};

/** Publishes the events of the vaults and of the writes of a world, at least once and in any order. */
export const createEventGrid = (world: World): EventGrid => {
  const entries = createEntries();
  const topics = createSystemTopics();
  const functions = createFunctions(world.sites.eventGridUrl);
  const customTopics = createCustomTopics();
  const blobs = createDeadLetterBlobs(world);
  const publishSent = publishEvents(world, entries);
  const { unsubscribe, dropSource } = endSubscriptions(world, entries);
  let sent = 0;

  return {
    topics,
    customTopics,
    publish: ({ id }, event) => publishSent(id, event),
    removeCustomTopic: (id) => {
      dropSource(id);
      return customTopics.remove(id);
    },
    deadLetterBlobs: blobs.all,
    functions,
    removeTopic: ({ id, source }) => {
      topics.remove(id);
      dropSource(source);
    },
    subscribe: async (spec) => finishEnrolment(world, beginEnrolment(world, entries, blobs, functions.locate(spec))),
    beginSubscribe: (spec) => {
      const enrolment = beginEnrolment(world, entries, blobs, functions.locate(spec));
      finishEnrolment(world, enrolment).catch((error: Error) =>
        world.log(`event subscription ${spec.name}: ${error.message}`),
      );
      return enrolment.entry.subscription;
    },
    unsubscribe,
    subscription: (scope, name) => entries.get(scope, name)?.subscription,
    subscriptions: () => entries.all().map(({ subscription }) => subscription),
    deliveries: (scope, name) => entries.get(scope, name)?.deliveries,
    send: (scope, name, event) => {
      const entry = entries.get(scope, name);
      if (!entry) throw new Error(`There is no event subscription '${name}' on ${scope}.`);
      entry.deliveries.enqueue(guid(world.seed, 'sent', sent++), event, 0);
    },
  };
};
