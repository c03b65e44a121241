import type { World } from '../room.ts';
import type { ById } from './by-id.ts';
import {
  type AgentPool,
  type Cluster,
  COMPUTE_TYPES,
  type ComputePlace,
  type ScaleSet,
  type ScaleSetNode,
} from './compute-resource.ts';
import { placed } from './place.ts';

/** `encrypted: false` is a pool whose nodes do not use the cluster's set, as pools of the 2020 preview. */
export type PoolSpec = Partial<AgentPool> & { name: string; encrypted?: boolean };

export type ClusterSpec = ComputePlace & { encryptionSet?: string; kubernetesVersion?: string; pools?: PoolSpec[] };

/** A cluster with its node resource group and a scale set for each pool. */
export const addCluster = (
  world: World,
  { clusters, scaleSets }: { clusters: ById<Cluster>; scaleSets: ById<ScaleSet> },
  { encryptionSet, kubernetesVersion = '1.33.2', pools = [{ name: 'nodepool1' }], ...place }: ClusterSpec,
): Cluster => {
  const resource = placed(world, COMPUTE_TYPES.cluster, place);
  const nodeGroup = `MC_${resource.group}_${resource.name}_${resource.location}`;
  const { objectId: principalId, tenantId } = world.entra.createSystemIdentity(resource.id);
  for (const pool of pools) {
    const { encrypted = true, ...given } = pool;
    const set = placed(world, COMPUTE_TYPES.scaleSet, {
      ...place,
      group: nodeGroup,
      name: `aks-${pool.name}-vmss`,
      tags: { 'aks-managed-poolName': pool.name },
    });
    const size = sizeOf(given);
    scaleSets.put({
      ...set,
      ...size,
      nodes: nodesOf(set.id, size.capacity, world.clock.now()),
      ...(encryptionSet && encrypted ? { encryptionSet } : {}),
    });
  }
  return clusters.put({
    ...resource,
    kubernetesVersion,
    nodeGroup,
    ...(encryptionSet ? { encryptionSet } : {}),
    pools: pools.map(({ encrypted: _encrypted, ...pool }, i) => poolOf(pool, i === 0 ? 'System' : 'User')),
    identity: { principalId, tenantId },
  });
};

const nodesOf = (id: string, count: number, since: number): ScaleSetNode[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${id}/virtualMachines/${n}`,
    instanceId: String(n),
    power: 'running',
    since,
    history: [],
  }));

const poolOf = (pool: Partial<AgentPool> & { name: string }, mode: AgentPool['mode']): AgentPool => ({
  mode,
  count: 3,
  size: 'Standard_D4s_v5',
  osDiskType: 'Managed',
  ...pool,
});

const sizeOf = (pool: Partial<AgentPool> & { name: string }) => {
  const { size, count, osDiskType } = poolOf(pool, 'User');
  return { size, capacity: count, osDiskType };
};
