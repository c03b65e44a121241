import { monitorRoutes } from '../arm/operation-routes.ts';
import type { ResourceSummary, Room, World } from '../room.ts';
import { clusterRoutes } from './cluster-routes.ts';
import type { Compute } from './compute.ts';
import { PROVIDER } from './compute-operations.ts';
import { type ComputeResource, COMPUTE_TYPES as TYPES } from './compute-resource.ts';
import { computeVerbs } from './compute-verbs.ts';
import { diskRoutes } from './disk-routes.ts';
import { MACHINE_VERSIONS, machineRoutes } from './machine-routes.ts';
import { setJson } from './set-json.ts';
import { DISK_VERSIONS, setRoutes } from './set-routes.ts';

/** Microsoft.Compute and Microsoft.ContainerService: disks, machines and clusters with their encryption sets. */
export const computeRoom = (world: World, compute: Compute): Room => ({
  name: 'compute',
  routes: [
    ...setRoutes(world, compute),
    ...diskRoutes(world, compute),
    ...machineRoutes(world, compute),
    ...clusterRoutes(compute),
    ...monitorRoutes(
      world.operations,
      PROVIDER,
      [...DISK_VERSIONS, ...MACHINE_VERSIONS],
      ['operations', 'diskOperations'],
    ),
  ],
  ...computeVerbs(world, compute),
  resources: () => [
    ...compute.sets
      .all()
      .map((set): ResourceSummary => ({ ...summary(TYPES.set)(set), identity: setJson(set).identity })),
    ...compute.disks.all().map(summary(TYPES.disk)),
    ...compute.machines.all().map(summary(TYPES.machine)),
    ...compute.scaleSets.all().map(summary(TYPES.scaleSet)),
    ...compute.clusters.all().map(summary(TYPES.cluster)),
  ],
  snapshot: () => ({
    sets: compute.sets.all(),
    disks: compute.disks.all(),
    machines: compute.machines.all(),
    scaleSets: compute.scaleSets.all(),
    clusters: compute.clusters.all(),
  }),
});

const summary =
  (type: string) =>
  ({ id, name, location, tags }: ComputeResource): ResourceSummary => ({ id, name, type, location, tags });
