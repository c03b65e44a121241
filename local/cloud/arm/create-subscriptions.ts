import { createManagementGroups } from './management-groups.ts';
import { normalScope, within } from './scope.ts';
import type { ResourceGroup, Subscription, Subscriptions } from './subscriptions.ts';

/** Subscriptions and their resource groups, none to begin with. */
export const createSubscriptions = (): Subscriptions => {
  const subscriptions = new Map<string, Subscription>();
  const groups = new Map<string, ResourceGroup>();
  const listeners: ((group: ResourceGroup) => void)[] = [];
  const hidden = new Set<string>();
  const managementGroups = createManagementGroups();
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
      if (existing) return existing;
      const group: ResourceGroup = { subscription, name, location, tags: {} };
      groups.set(key(subscription, name), group);
      for (const listener of listeners) listener(group);
      return group;
    },
    onGroup: (listener) => void listeners.push(listener),
    group: (subscription, name) => groups.get(key(subscription, name)),
    putBelow: managementGroups.putBelow,
    takeOut: managementGroups.takeOut,
    descendants: managementGroups.descendants,
    above: managementGroups.above,
    removeGroup: (subscription, name) => void groups.delete(key(subscription, name)),
    hide: (scope) => void hidden.add(normalScope(scope)),
    show: (scope) => void hidden.delete(normalScope(scope)),
    hiddenBy: (path) => [...hidden].sort().find((scope) => within(normalScope(path), scope)),
    hidden: () => [...hidden],
    groups: (subscription) =>
      [...groups.values()].filter((group) => group.subscription.toLowerCase() === subscription.toLowerCase()),
  };
};
