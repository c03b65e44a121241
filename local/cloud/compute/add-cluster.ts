import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
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

/** Without `identities` (resource ids of user-assigned ones) the cluster gets an identity of its own. */
export type ClusterSpec = ComputePlace & {
  encryptionSet?: string;
  kubernetesVersion?: string;
  pools?: PoolSpec[];
  tier?: Cluster['tier'];
  identities?: string[];
  given?: Record<string, unknown>;
};

type State = { clusters: ById<Cluster>; scaleSets: ById<ScaleSet> };

/** A cluster with its node resource group and a scale set for each pool. */
export const addCluster = (world: World, state: State, spec: ClusterSpec): Cluster => {
  const { encryptionSet, kubernetesVersion = '1.33.2', pools = [{ name: 'nodepool1' }], ...rest } = spec;
  const { identities = [], tier = 'Standard', given = {}, ...place } = rest;
  const resource = placed(world, COMPUTE_TYPES.cluster, place);
  const cluster = state.clusters.put({
    ...resource,
    kubernetesVersion,
    nodeGroup: `MC_${resource.group}_${resource.name}_${resource.location}`,
    ...(encryptionSet ? { encryptionSet } : {}),
    pools: [],
    tier,
    given,
    identity: identityOf(world, resource.id, identities),
  });
  for (const [i, pool] of pools.entries())
    addPool(world, state, cluster, { mode: i === 0 ? 'System' : 'User', count: 3, ...pool });
  return cluster;
};

const identityOf = (world: World, id: string, identities: string[]): Cluster['identity'] => {
  if (identities.length === 0) {
    const { objectId: principalId, tenantId } = world.entra.createSystemIdentity(id);
    return { principalId, tenantId };
  }
  const assigned = identities.map((identity) => {
    const principal = world.entra.managedIdentity(identity) ?? world.entra.createUserIdentity(identity);
    return [identity, { principalId: principal.objectId, clientId: principal.appId ?? principal.objectId }] as const;
  });
  return { user: Object.fromEntries(assigned) };
};

/** Makes a pool with its nodes, or changes an existing pool: then its surplus nodes go, and missing nodes are made. */
export const addPool = (world: World, { scaleSets }: State, cluster: Cluster, spec: PoolSpec): AgentPool => {
  const { encrypted = true, ...given } = spec;
  const existing = cluster.pools.find(({ name }) => sameId(name, spec.name));
  const pool: AgentPool = { ...DEFAULTS, ...existing, ...given };
  const set = placed(world, COMPUTE_TYPES.scaleSet, {
    subscription: cluster.subscription,
    group: cluster.nodeGroup,
    name: `aks-${pool.name}-vmss`,
    location: cluster.location,
    tags: { 'aks-managed-poolName': pool.name },
  });
  const known = scaleSets.get(set.id);
  const encryptionSet = known ? known.encryptionSet : encrypted ? cluster.encryptionSet : undefined;
  const nodes = [...(known?.nodes ?? []), ...nodesOf(set.id, pool.count, world.clock.now()).slice(known?.nodes.length)];
  scaleSets.put({
    ...set,
    size: pool.size,
    capacity: pool.count,
    osDiskType: pool.osDiskType,
    nodes: nodes.slice(0, pool.count),
    ...(encryptionSet ? { encryptionSet } : {}),
  });
  if (existing) Object.assign(existing, pool);
  else cluster.pools.push(pool);
  return pool;
};

export const removePool = ({ scaleSets }: State, cluster: Cluster, name: string): void => {
  cluster.pools = cluster.pools.filter((pool) => !sameId(pool.name, name));
  for (const { id } of scaleSets.all().filter((set) => isOf(cluster, set, name))) scaleSets.remove(id);
};

const isOf = ({ subscription, nodeGroup }: Cluster, set: ScaleSet, pool: string): boolean =>
  sameId(set.subscription, subscription) && sameId(set.group, nodeGroup) && sameId(set.name, `aks-${pool}-vmss`);

const DEFAULTS = { mode: 'User', count: 3, size: 'Standard_D4s_v5', osDiskType: 'Managed' } as const;

const nodesOf = (id: string, count: number, since: number): ScaleSetNode[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${id}/virtualMachines/${n}`,
    instanceId: String(n),
    power: 'running',
    since,
    history: [],
  }));
