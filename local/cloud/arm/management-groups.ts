import type { Subscriptions } from './subscriptions.ts';

/** The scope of a management group: what is assigned there holds for every subscription below it. */
export const managementGroupScope = (name: string): string =>
  `/providers/Microsoft.Management/managementGroups/${name}`;

/** Which management group is above a subscription or another management group. */
export const createManagementGroups = (): Pick<Subscriptions, 'above' | 'putBelow'> => {
  const parents = new Map<string, string>();
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
    },
    above: (scope) => {
      const [subscription] = /^\/subscriptions\/[^/]+/i.exec(scope) ?? [];
      return above(subscription ?? scope);
    },
  };
};
