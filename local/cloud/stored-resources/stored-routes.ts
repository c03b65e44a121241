import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Answer, Call, Route } from '../service.ts';
import { mergedBody } from './merged-body.ts';
import type { ResourceStore } from './resource-store.ts';
import { storedId, storedPaths } from './stored-path.ts';
import type { StoredResource } from './stored-resource.ts';
import type { StoredType } from './stored-type.ts';

/** Write, read, list and delete of a type that is kept as it is written. */
export const storedRoutes = (store: ResourceStore, kind: StoredType): Route[] => {
  const { type, apiVersions } = kind;
  const { one, lists } = storedPaths(type);
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions,
    action: `${type}/${verb}`,
    handle,
  });
  const show = (resource: StoredResource) => kind.show?.(resource) ?? resource;
  return [
    route('GET', one, 'read', (call) => ({ status: 200, body: show(found(store, kind, call)) })),
    route('PUT', one, 'write', (call) => put(store, kind, call, call.body)),
    route('PATCH', one, 'write', (call) => patch(store, kind, call)),
    route('DELETE', one, 'delete', (call) => remove(store, kind, call)),
    ...lists.map((path) =>
      route('GET', path, 'read', (call) => page(call, store.below(scopeOfList(call), type), 100, show)),
    ),
  ];
};

/** The scope of a list: the subscription, the group, or the parent in its path. */
const scopeOfList = ({ path }: Call): string =>
  /\/providers\/[^/]+\/[^/]+\/?$/i.test(path) ? path.replace(/\/providers\/.*$/i, '') : path.replace(/\/[^/]+\/?$/, '');

const found = (store: ResourceStore, { type }: StoredType, call: Call): StoredResource => {
  const id = storedId(type, call);
  const resource = store.get(id);
  if (resource) return resource;
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource '${id.replace(/.*\/providers\//i, '')}' under resource group '${call.params['group']}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  );
};

const put = (store: ResourceStore, kind: StoredType, call: Call, body: unknown): Answer => {
  const id = storedId(kind.type, call);
  refuseOrphan(store, kind, call);
  const existing = store.get(id);
  const written = kind.read(body);
  refuseMisplaced(kind, written.location, existing);
  const named: StoredResource = {
    id: existing?.id ?? id,
    name: existing?.name ?? nameIn(id),
    type: kind.type,
    ...written,
  };
  kind.refuse?.(named, call);
  const resource = store.put(kind.complete?.(named, existing) ?? named);
  kind.written?.(resource, body);
  return { status: existing ? 200 : 201, body: kind.show?.(resource) ?? resource };
};

const nameIn = (id: string): string => id.split('/').at(-1) ?? '';

const refuseOrphan = (store: ResourceStore, { type }: StoredType, call: Call): void => {
  const depth = type.split('/').length - 2;
  if (depth === 0) return;
  const parent = storedId(type, call, depth);
  if (store.get(parent)) return;
  throw new AzureError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${type.replace(/^[^/]+\//, '')}', because the parent resource '${parent}' could not be found.`,
  );
};

const plain = (location: string): string => location.toLowerCase().replaceAll(' ', '');

const refuseMisplaced = (
  { place, type }: StoredType,
  location: string | undefined,
  existing?: StoredResource,
): void => {
  if (place === 'parent') return;
  if (!location)
    throw new AzureError(400, 'LocationRequired', 'The location property is required for this definition.');
  if (place === 'global' && plain(location) !== 'global') {
    const message = `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is 'global'.`;
    throw new AzureError(400, 'LocationNotAvailableForResourceType', message);
  }
  if (!existing?.location || plain(existing.location) === plain(location)) return;
  const message = `The resource '${existing.name}' already exists in location '${existing.location}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`;
  throw new AzureError(409, 'InvalidResourceLocation', message);
};

/** A PATCH leaves out properties that stay: it is merged into the shown resource, and the result is put again. */
const patch = (store: ResourceStore, kind: StoredType, call: Call): Answer => {
  const resource = found(store, kind, call);
  if (kind.patch === 'tags') {
    const { tags = resource.tags } = (call.body ?? {}) as Pick<StoredResource, 'tags'>;
    const body = store.put({ ...resource, ...(tags && { tags }) });
    return { status: 200, body: kind.show?.(body) ?? body };
  }
  return put(store, kind, call, mergedBody(resource, call.body));
};

const remove = (store: ResourceStore, kind: StoredType, call: Call): Answer => {
  const resource = store.get(storedId(kind.type, call));
  if (!resource || !sameId(resource.type, kind.type)) return { status: 204 };
  kind.refuseDeletion?.(resource);
  store.remove(resource.id);
  return { status: 200 };
};
