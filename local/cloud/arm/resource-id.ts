/** A resource id taken apart. `type` is `Microsoft.KeyVault/vaults`, `name` is `vault` or `server/key` for children. */
export type ResourceId = { subscription: string; group: string; type: string; name: string };

/** The id of a resource in a resource group: `type` and `name` may have several segments (`servers/keys`, `s/k`). */
export const resourceId = ({ subscription, group, type, name }: ResourceId): string => {
  const [namespace, ...types] = type.split('/');
  const names = name.split('/');
  const path = types.flatMap((segment, i) => [segment, names[i] ?? '']).join('/');
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${namespace}/${path}`;
};

/** Takes a resource id apart, casing kept; undefined when it is not the id of a resource in a resource group. */
export const parseResourceId = (id: string): ResourceId | undefined => {
  const match = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+?)\/?$/i.exec(id);
  if (!match) return undefined;
  const [, subscription = '', group = '', namespace = '', rest = ''] = match;
  const segments = rest.split('/');
  if (segments.length % 2 !== 0) return undefined;
  const types = segments.filter((_, i) => i % 2 === 0);
  const names = segments.filter((_, i) => i % 2 === 1);
  return { subscription, group, type: [namespace, ...types].join('/'), name: names.join('/') };
};

/** Azure compares ids and names without regard to case. */
export const sameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The type of the resource that an id names, also of extensions and of resources below a subscription; '' when there is none. */
export const resourceTypeOf = (id: string): string => {
  const [, namespace = '', rest = ''] = /.*\/providers\/([^/]+)\/(.+?)\/?$/i.exec(id) ?? [];
  return [namespace, ...rest.split('/').filter((_, i) => i % 2 === 0)].filter(Boolean).join('/');
};
