import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import type { Call, Route } from '../room.ts';
import { clusterJson, poolJson } from './cluster-json.ts';
import type { Compute } from './compute.ts';
import { COMPUTE_TYPES } from './compute-resource.ts';
import { resourceIn } from './find-resource.ts';
import { GROUP, readRoutes } from './read-routes.ts';

const type = COMPUTE_TYPES.cluster;
const apiVersions = ['2024-09-01', '2025-05-01', '2025-10-01', '2026-04-01'];

/** Microsoft.ContainerService/managedClusters and their pools, read only. */
export const clusterRoutes = (compute: Compute): Route[] => {
  const get = (tail: string, handle: (call: Call) => ReturnType<Route['handle']>): Route => ({
    plane: 'arm',
    method: 'GET',
    path: `${GROUP}/${type}/{name}/agentPools${tail}`,
    apiVersions,
    action: `${type}/agentPools/read`,
    handle,
  });
  const of = (call: Call) => resourceIn(compute.clusters, type, call);
  return [
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
