import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { resourceId } from '../arm/resource-id.ts';
import { systemDataJson } from '../arm/system-data.ts';
import { refuseUnassignable } from '../managed-identity/linked-access.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { newSet } from './add-set.ts';
import type { Compute } from './compute.ts';
import { accepted, provisioningState } from './compute-operations.ts';
import { COMPUTE_TYPES } from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import { placeIn, resourceIn } from './find-resource.ts';
import { GROUP, readRoutes } from './read-routes.ts';
import { SET_PUT, SET_UPDATE, type SetUpdate } from './set-body.ts';
import { setJson } from './set-json.ts';
import { associated, updateSet } from './update-set.ts';

const type = COMPUTE_TYPES.set;

/** Api-versions that @azure/arm-compute 24 and 25, Terraform and the Azure CLI send for the disk resource provider. */
export const DISK_VERSIONS = ['2022-07-02', '2023-04-02', '2023-10-02', '2024-03-02', '2025-01-02', '2026-03-02'];

export const shownSet = (world: World, set: DiskEncryptionSet) => ({
  ...setJson(set, provisioningState(world, set.id)),
  ...systemDataJson(world, set),
});

/** Microsoft.Compute/diskEncryptionSets. */
export const setRoutes = (world: World, compute: Compute): Route[] => {
  const route = (method: string, tail: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `${GROUP}/${type}/{name}${tail}`,
    apiVersions: DISK_VERSIONS,
    action: `${type}/${action}`,
    handle,
  });
  const of = (call: Call) => resourceIn(compute.sets, type, call);
  return [
    ...readRoutes({ type, apiVersions: DISK_VERSIONS, resources: compute.sets, json: (set) => shownSet(world, set) }),
    route('GET', '/associatedResources', 'read', (call) => page(call, associated(compute, of(call)))),
    route('PUT', '', 'write', (call) => put(world, compute, call)),
    route('PATCH', '', 'write', (call) => update(world, compute, of(call), call, readBody(SET_UPDATE, call.body))),
    route('DELETE', '', 'delete', (call) => remove(world, compute, call)),
  ];
};

const put = (world: World, compute: Compute, call: Call): Answer => {
  const body = readBody(SET_PUT, call.body);
  const id = resourceId({ ...placeIn(call), type });
  const existing = compute.sets.get(id);
  if (existing) return update(world, compute, existing, call, { ...body, tags: body.tags ?? {} });
  refuseUnassignable(world, call, { id, write: `${type}/write`, identity: body.identity });
  const { location, tags } = body;
  return accepted(
    world,
    call,
    { id, location },
    {
      resource: 'diskOperations',
      seconds: 30,
      run: async () => {
        const place = { ...placeIn(call), location, ...(tags ? { tags } : {}) };
        const set = newSet(world, { ...place, ...body.properties.activeKey });
        if (!body.identity?.type.startsWith('SystemAssigned')) {
          world.entra.deleteIdentity(set.id);
          delete set.identity.system;
        }
        compute.sets.put(set);
        await updateSet(world, compute, set, body);
        return written(world, set);
      },
    },
  );
};

const update = (world: World, compute: Compute, set: DiskEncryptionSet, call: Call, body: SetUpdate): Answer => {
  refuseUnassignable(world, call, { id: set.id, write: `${type}/write`, identity: body.identity });
  return accepted(world, call, set, {
    resource: 'diskOperations',
    seconds: 30,
    run: async () => {
      await updateSet(world, compute, set, body);
      return written(world, set);
    },
  });
};

const remove = (world: World, compute: Compute, call: Call): Answer => {
  const set = compute.sets.get(resourceId({ ...placeIn(call), type }));
  if (!set) return { status: 204 };
  const [user] = associated(compute, set);
  if (user !== undefined)
    throw new AzureError(409, 'OperationNotAllowed', `Disk encryption set '${set.name}' is in use by '${user}'.`);
  return accepted(world, call, set, {
    resource: 'diskOperations',
    seconds: 30,
    run: async () => {
      compute.sets.remove(set.id);
      world.entra.deleteIdentity(set.id);
      world.changed({ kind: 'resourceDeleted', resourceId: set.id, at: world.clock.now() });
    },
  });
};

const written = (world: World, set: DiskEncryptionSet) => {
  world.changed({ kind: 'resourceWritten', resourceId: set.id, at: world.clock.now() });
  return setJson(set);
};
