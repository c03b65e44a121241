import type { Deliveries } from './deliveries.ts';
import type { EventSubscription } from './event-subscription.ts';

/** A subscription with its queue. */
export type Entry = { subscription: EventSubscription; deliveries: Deliveries };

/** Subscriptions by the ARM id of their vault and their own name, both without regard to case. */
export type Entries = {
  get(scope: string, name: string): Entry | undefined;
  set(entry: Entry): void;
  /** Ends a subscription and drops what waits for it; false if there was none. */
  remove(scope: string, name: string): boolean;
  all(): Entry[];
};

const keyOf = (scope: string, name: string) => `${scope}/${name}`.toLowerCase();

export const createEntries = (): Entries => {
  const entries = new Map<string, Entry>();
  return {
    get: (scope, name) => entries.get(keyOf(scope, name)),
    set: (entry) => entries.set(keyOf(entry.subscription.scope, entry.subscription.name), entry),
    remove: (scope, name) => {
      entries.get(keyOf(scope, name))?.deliveries.stop();
      return entries.delete(keyOf(scope, name));
    },
    all: () => [...entries.values()],
  };
};
