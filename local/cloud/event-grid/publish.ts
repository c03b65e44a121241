import { draw, guid } from '../draw.ts';
import type { Change, World } from '../room.ts';
import type { Entries, Entry } from './entries.ts';
import { wants } from './event-filter.ts';
import { renderEvent } from './event-schema.ts';
import { type GridEvent, toGridEvent } from './grid-event.ts';

/** Up to a minute, in whole seconds: long enough for other events to come in between. */
const holdBack = (chance: number) => (1 + Math.floor(chance * 60)) * 1000;

/** Which events come twice or late is drawn from the seed, the subscription and the event, so a run can be repeated. */
const deliver = (world: World, { subscription, deliveries }: Entry, event: GridEvent): void => {
  const { duplicateRate = 0, reorderRate = 0, eventDelaySeconds = 0 } = world.switches;
  const chance = (what: string) => draw(world.seed, what, subscription.name, event.id);
  const rendered = renderEvent(event, subscription.schema, world.seed);
  const delay = eventDelaySeconds * 1000;
  deliveries.enqueue(event.id, rendered, delay + (chance('reorder') < reorderRate ? holdBack(chance('late')) : 0));
  if (chance('duplicate') < duplicateRate) deliveries.enqueue(event.id, rendered, delay + holdBack(chance('again')));
};

/** Makes events of what the vaults tell, and sends each to every subscription that wants it. */
export const createPublisher = (world: World, entries: Entries): ((change: Change) => void) => {
  let published = 0;
  return (change) => {
    const event = toGridEvent(change, guid(world.seed, 'event', published));
    if (!event) return;
    published += 1;
    for (const entry of entries.all()) if (wants(entry.subscription, event)) deliver(world, entry, event);
  };
};
