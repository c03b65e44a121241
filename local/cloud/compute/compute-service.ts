import { monitorRoutes } from '../arm/operation-routes.ts';
import type { GraphRow, ResourceSummary, Service, World } from '../service.ts';
import type { ById } from './by-id.ts';
import { clusterJson } from './cluster-json.ts';
import { clusterRoutes } from './cluster-routes.ts';
import type { Compute } from './compute.ts';
import { PROVIDER } from './compute-operations.ts';
import { type ComputeResource, COMPUTE_TYPES as TYPES, type VirtualMachine } from './compute-resource.ts';
import { computeVerbs } from './compute-verbs.ts';
import { diskRoutes, shownDisk } from './disk-routes.ts';
import { instanceViewJson, machineJson, scaleSetJson } from './machine-json.ts';
import { MACHINE_VERSIONS, machineRoutes } from './machine-routes.ts';
import { removeCluster } from './put-cluster.ts';
import { setJson } from './set-json.ts';
import { DISK_VERSIONS, setRoutes, shownSet } from './set-routes.ts';

/** Microsoft.Compute and Microsoft.ContainerService: disks, machines and clusters with their encryption sets. */
export const computeService = (world: World, compute: Compute): Service => ({
  name: 'compute',
  routes: [
    ...setRoutes(world, compute),
    ...diskRoutes(world, compute),
    ...machineRoutes(world, compute),
    ...clusterRoutes(world, compute),
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
  remove: (id) => {
    const cluster = compute.clusters.get(id);
    if (cluster) removeCluster(world, compute, cluster);
    for (const kind of [compute.scaleSets, compute.machines, compute.disks, compute.sets]) {
      if (!kind.get(id)) continue;
      kind.remove(id);
      world.entra.deleteIdentity(id);
      world.changed({ kind: 'resourceDeleted', resourceId: id, at: world.clock.now() });
    }
  },
  graph: { resources: (id) => graphRows(world, compute, id) },
  snapshot: () => ({
    sets: compute.sets.all(),
    disks: compute.disks.all(),
    machines: compute.machines.all(),
    scaleSets: compute.scaleSets.all(),
    clusters: compute.clusters.all(),
  }),
});

/** Machines carry their power state below `extended`, as only Resource Graph shows it. */
const graphRows = (world: World, compute: Compute, id?: string): GraphRow[] => {
  const of = <T extends { id: string }>({ all, get }: ById<T>, row: (resource: T) => GraphRow) =>
    (id === undefined ? all() : [get(id)].flatMap((each) => each ?? [])).map(row);
  return [
    ...of(compute.sets, (set) => shownSet(world, set)),
    ...of(compute.disks, (disk) => shownDisk(compute, disk)),
    ...of(compute.machines, (machine) => extendedMachine(compute, machine)),
    ...of(compute.scaleSets, scaleSetJson),
    ...of(compute.clusters, clusterJson),
  ];
};

const extendedMachine = (compute: Compute, machine: VirtualMachine): GraphRow => {
  const body = machineJson(machine, compute);
  const [, power] = instanceViewJson(machine).statuses;
  return { ...body, properties: { ...body.properties, extended: { instanceView: { powerState: power } } } };
};

const summary =
  (type: string) =>
  ({ id, name, location, tags }: ComputeResource): ResourceSummary => ({ id, name, type, location, tags });
