import type { ResourceGroup, Subscription, Subscriptions } from './subscriptions.ts';

/** Subscriptions and their resource groups, none to begin with. */
export const createSubscriptions = (): Subscriptions => {
  const subscriptions = new Map<string, Subscription>();
  const groups = new Map<string, ResourceGroup>();
  const key = (subscription: string, name: string) => `${subscription}/${name}`.toLowerCase();
  return {
    add: (subscription) => {
      subscriptions.set(subscription.id.toLowerCase(), subscription);
      return subscription;
    },
    get: (id) => subscriptions.get(id.toLowerCase()),
    all: () => [...subscriptions.values()],
    addGroup: ({ subscription, name, location = 'koreacentral' }) => {
      const existing = groups.get(key(subscription, name));
      const group = existing ?? { subscription, name, location, tags: {} };
      groups.set(key(subscription, name), group);
      return group;
    },
    group: (subscription, name) => groups.get(key(subscription, name)),
    groups: (subscription) =>
      [...groups.values()].filter((group) => group.subscription.toLowerCase() === subscription.toLowerCase()),
  };
};
