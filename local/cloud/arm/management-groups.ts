import type { Subscriptions } from './subscriptions.ts';

/** The scope of a management group: a role that is assigned there holds for every subscription below it. */
export const managementGroupScope = (name: string): string =>
  `/providers/Microsoft.Management/managementGroups/${name}`;

const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** The management group above each subscription and each management group. */
export const createManagementGroups = (): Pick<Subscriptions, 'above' | 'putBelow' | 'takeOut' | 'descendants'> => {
  const parents = new Map<string, string>();
  const known = new Map<string, string>();
  const above = (id: string): string[] => {
    const parent = parents.get(id.toLowerCase());
    return parent === undefined ? [] : [parent, ...above(parent)];
  };
  return {
    putBelow: (managementGroup, below) => {
      const id =
        'subscription' in below ? `/subscriptions/${below.subscription}` : managementGroupScope(below.managementGroup);
      const parent = managementGroupScope(managementGroup);
      if ([parent, ...above(parent)].some((one) => one.toLowerCase() === id.toLowerCase()))
        throw new Error(`'${managementGroup}' lies below '${id}'.`);
      parents.set(id.toLowerCase(), parent);
      for (const name of [managementGroup, ...('subscription' in below ? [] : [below.managementGroup])])
        known.set(name.toLowerCase(), known.get(name.toLowerCase()) ?? name);
    },
    takeOut: (subscription) => void parents.delete(`/subscriptions/${subscription}`.toLowerCase()),
    descendants: (name) =>
      known.has(name.toLowerCase())
        ? [...parents].flatMap(([id, parent]) => {
            const wanted = managementGroupScope(name).toLowerCase();
            if (![parent, ...above(parent)].some((one) => one.toLowerCase() === wanted)) return [];
            const isSubscription = id.startsWith('/subscriptions/');
            return [{ id: isSubscription ? id : managementGroupScope(known.get(nameOf(id)) ?? nameOf(id)), parent }];
          })
        : undefined,
    above: (scope) => {
      const [subscription] = /^\/subscriptions\/[^/]+/i.exec(scope) ?? [];
      return above(subscription ?? scope);
    },
  };
};
