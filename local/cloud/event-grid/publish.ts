import { draw, guid } from '../draw.ts';
import type { World } from '../service.ts';
import { armEvent } from './arm-event.ts';
import type { Entries, Entry } from './entries.ts';
import { wants } from './event-filter.ts';
import { renderEvent } from './event-schema.ts';
import { toGridEvent } from './grid-event.ts';
import { keyVaultEvent } from './key-vault-event.ts';
import type { PublishedEvent } from './published-event.ts';

/** Up to a minute, in whole seconds: long enough for other events to come in between. */
const holdBack = (chance: number) => (1 + Math.floor(chance * 60)) * 1000;

/** The seed, the subscription and the event decide whether an event comes twice or late, so that a run can be repeated. */
const deliver = (world: World, { subscription, deliveries }: Entry, event: PublishedEvent): void => {
  const { duplicateRate = 0, reorderRate = 0, eventDelaySeconds = 0 } = world.switches;
  const chance = (what: string) => draw(world.seed, what, subscription.name, event.id);
  const rendered = renderEvent(event, subscription.schema);
  const delay = eventDelaySeconds * 1000;
  deliveries.enqueue(event.id, rendered, delay + (chance('reorder') < reorderRate ? holdBack(chance('late')) : 0));
  if (chance('duplicate') < duplicateRate) deliveries.enqueue(event.id, rendered, delay + holdBack(chance('again')));
};

/** The published form of an event that a client has sent to a custom topic. */
const sentEvent = (topic: string, event: Record<string, unknown>, id: string, at: number): PublishedEvent => ({
  id,
  type: String(event['type']),
  topic,
  subject: String(event['subject'] ?? ''),
  at,
  dataVersion: '1',
  data: {},
  sent: event,
});

/** Publishes an event that a client has sent to a custom topic (`topic` is its ARM id) to the subscriptions that match. */
export type PublishSent = (topic: string, event: Record<string, unknown>) => void;

/** Makes events of the changes of vaults and of every write, and sends each to the subscriptions that match. */
export const publishEvents = (world: World, entries: Entries): PublishSent => {
  let published = 0;
  const publish = (event: PublishedEvent): void => {
    for (const entry of entries.all()) if (wants(entry.subscription, event)) deliver(world, entry, event);
  };
  world.onChange((change) => {
    const event = toGridEvent(change, guid(world.seed, 'event', published));
    if (!event) return;
    published += 1;
    publish(keyVaultEvent(event, world.seed));
  });
  world.activity.onWrite((write) => publish(armEvent(write)));
  return (topic, event) => {
    published += 1;
    publish(sentEvent(topic, event, guid(world.seed, 'sent', published), world.clock.now()));
  };
};
