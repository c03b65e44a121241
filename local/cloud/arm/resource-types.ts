import type { Route } from '../service.ts';

/** A type as `az resource` looks for it, to find a version in which to ask: the newest comes first. */
export type ResourceType = { resourceType: string; locations: string[]; apiVersions: string[] };

/** `servers/keys` of `…/providers/Microsoft.DBforMySQL/servers/{server}/keys/{key}`; undefined where a route is not of one resource. */
const typeIn = (path: string, namespace: string): string | undefined => {
  const [owner = '', ...rest] = (path.split('/providers/').at(-1) ?? '').split('/');
  if (owner.toLowerCase() !== namespace.toLowerCase() || rest.length === 0 || rest.length % 2 === 1) return undefined;
  return rest.every((part, at) => part.startsWith('{') === (at % 2 === 1))
    ? rest.filter((_, at) => at % 2 === 0).join('/')
    : undefined;
};

/** The types of a provider that this cloud reads one by one, each in the versions in which it does. */
export const resourceTypesOf = (namespace: string, served: readonly Route[]): ResourceType[] => {
  const found = new Map<string, { resourceType: string; versions: Set<string> }>();
  for (const { plane, method, path, apiVersions } of served) {
    const resourceType = plane === 'arm' && method === 'GET' ? typeIn(path, namespace) : undefined;
    if (resourceType === undefined) continue;
    const key = resourceType.toLowerCase();
    const { versions } = found.get(key) ?? { versions: new Set<string>() };
    found.set(key, { resourceType, versions: new Set([...versions, ...(apiVersions ?? [])]) });
  }
  return [...found.values()].map(({ resourceType, versions }) => ({
    resourceType,
    locations: [],
    apiVersions: [...versions].toSorted().toReversed(),
  }));
};
