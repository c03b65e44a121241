import { AzureError } from '../arm/error.ts';
import { operationRoutes } from '../arm/operation-routes.ts';
import { page } from '../arm/page.ts';
import type { Call, Route, World } from '../service.ts';
import { clusterJson, poolJson } from './cluster-json.ts';
import type { Compute } from './compute.ts';
import { COMPUTE_TYPES } from './compute-resource.ts';
import { resourceIn } from './find-resource.ts';
import { deleteCluster, deletePool, putCluster, putPool } from './put-cluster.ts';
import { GROUP, readRoutes } from './read-routes.ts';

const type = COMPUTE_TYPES.cluster;
const apiVersions = ['2024-02-01', '2024-05-01', '2024-07-01', '2024-09-01', '2025-05-01', '2025-10-01', '2026-04-01'];

/** Microsoft.ContainerService/managedClusters and their pools. */
export const clusterRoutes = (world: World, compute: Compute): Route[] => {
  const get = (tail: string, handle: (call: Call) => ReturnType<Route['handle']>): Route => ({
    plane: 'arm',
    method: 'GET',
    path: `${GROUP}/${type}/{name}/agentPools${tail}`,
    apiVersions,
    action: `${type}/agentPools/read`,
    handle,
  });
  const write = (method: string, tail: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `${GROUP}/${type}/{name}${tail}`,
    apiVersions,
    action: `${type}/${action}`,
    handle,
  });
  const of = (call: Call) => resourceIn(compute.clusters, type, call);
  return [
    ...operationRoutes(world.operations, 'Microsoft.ContainerService', apiVersions),
    write('PUT', '', 'write', (call) => putCluster(world, compute, call)),
    write('DELETE', '', 'delete', (call) => deleteCluster(world, compute, call)),
    write('PUT', '/agentPools/{pool}', 'agentPools/write', (call) => putPool(world, compute, call)),
    write('DELETE', '/agentPools/{pool}', 'agentPools/delete', (call) => deletePool(world, compute, call)),
    ...readRoutes({ type, apiVersions, resources: compute.clusters, json: clusterJson }),
    get('', (call) =>
      page(
        call,
        of(call).pools.map((pool) => poolJson(of(call), pool)),
      ),
    ),
    get('/{pool}', (call) => {
      const found = of(call).pools.find(({ name }) => name.toLowerCase() === call.params['pool']?.toLowerCase());
      if (found) return { status: 200, body: poolJson(of(call), found) };
      throw new AzureError(404, 'NotFound', `Could not find the agentpool '${call.params['pool']}' in the cluster.`);
    }),
  ];
};
