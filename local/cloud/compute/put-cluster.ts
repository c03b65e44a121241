import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import { refuseUnassignable } from '../managed-identity/linked-access.ts';
import type { Answer, Call, World } from '../service.ts';
import type { PoolSpec } from './add-cluster.ts';
import { CLUSTER_PUT, type ClusterBody, POOL_PUT, type PoolBody } from './cluster-body.ts';
import { clusterJson, poolJson } from './cluster-json.ts';
import type { Compute } from './compute.ts';
import { type AgentPool, type Cluster, COMPUTE_TYPES } from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import { placeIn, resourceIn } from './find-resource.ts';
import { refusalOf, STARTING } from './key-access.ts';

const type = COMPUTE_TYPES.cluster;
const PROVIDER = 'Microsoft.ContainerService';

/** Virtual seconds; Azure promises nothing. */
const SECONDS = { cluster: 300, pool: 120 };

type Work = { cluster: { id: string; location: string }; seconds: number; run(): Promise<unknown> };

/** One operation at a time on a cluster and its pools. */
const accepted = (world: World, call: Call, { cluster, seconds, run }: Work): Answer => {
  if (world.operations.running(cluster.id))
    throw new AzureError(
      409,
      'OperationNotAllowed',
      'Operation is not allowed: Another operation is in progress on the cluster.',
    );
  const { headers } = world.operations.start({
    provider: PROVIDER,
    location: cluster.location.toLowerCase().replaceAll(' ', ''),
    seconds,
    target: cluster.id,
    apiVersion: call.apiVersion,
    run,
  });
  return { status: 202, headers };
};

const specOf = (name: string, { count, vmSize: size, mode, osDiskType, ...rest }: PoolBody): PoolSpec => {
  const { name: _name, osType: _os, type: _type, diskEncryptionSetID: _set, ...given } = rest;
  return { name, count, size, mode, osDiskType, given };
};

const setFor = (compute: Compute, location: string, id: string | undefined): DiskEncryptionSet | undefined => {
  if (id === undefined) return undefined;
  const set = compute.sets.get(id);
  if (set && sameId(set.location, location)) return set;
  const why = set ? `is in '${set.location}', not in '${location}'` : 'was not found';
  throw new AzureError(400, 'InvalidParameter', `The disk encryption set '${id}' ${why}.`);
};

/** Nodes are made with disks: where the set cannot use its key, no node can be made. */
const refuseKeyless = async (world: World, set: DiskEncryptionSet | undefined): Promise<void> => {
  const refusal = set && (await refusalOf(world, set, STARTING));
  if (refusal) throw new AzureError(400, refusal.code, refusal.message);
};

const refuseIdentities = (world: World, { identity }: ClusterBody): void => {
  const missing = Object.keys(identity.userAssignedIdentities ?? {}).find((id) => !world.entra.managedIdentity(id));
  if (missing === undefined) return;
  throw new AzureError(400, 'InvalidUserAssignedIdentity', `The user assigned identity '${missing}' was not found.`);
};

/** PUT of a cluster: makes it, or changes its tags, its pools and its other properties. */
export const putCluster = (world: World, compute: Compute, call: Call): Answer => {
  const body = readBody(CLUSTER_PUT, call.body);
  const id = resourceId({ ...placeIn(call), type });
  refuseUnassignable(world, call, { id, write: `${type}/write`, identity: body.identity });
  refuseIdentities(world, body);
  const set = setFor(compute, body.location, body.properties.diskEncryptionSetID);
  const existing = compute.clusters.get(id);
  if (existing) return updateCluster(world, compute, existing, call, body);
  return accepted(world, call, {
    cluster: { id, location: body.location },
    seconds: SECONDS.cluster,
    run: async () => {
      await refuseKeyless(world, set);
      const { dnsPrefix, kubernetesVersion, agentPoolProfiles, diskEncryptionSetID: _set, ...given } = body.properties;
      const cluster = compute.addCluster({
        ...placeIn(call),
        location: body.location,
        ...(body.tags ? { tags: body.tags } : {}),
        ...(set ? { encryptionSet: set.id } : {}),
        ...(kubernetesVersion ? { kubernetesVersion } : {}),
        ...(body.sku ? { tier: body.sku.tier } : {}),
        identities: Object.keys(body.identity.userAssignedIdentities ?? {}),
        given: { ...given, dnsPrefix },
        pools: agentPoolProfiles.map((profile) => specOf(profile.name, profile)),
      });
      return written(world, cluster);
    },
  });
};

const updateCluster = (world: World, compute: Compute, cluster: Cluster, call: Call, body: ClusterBody): Answer => {
  const {
    diskEncryptionSetID = '',
    agentPoolProfiles,
    kubernetesVersion = cluster.kubernetesVersion,
    ...given
  } = body.properties;
  if (!sameId(diskEncryptionSetID, cluster.encryptionSet ?? ''))
    throw new AzureError(
      400,
      'PropertyChangeNotAllowed',
      "Changing property 'properties.diskEncryptionSetID' is not allowed.",
    );
  return accepted(world, call, {
    cluster,
    seconds: SECONDS.cluster,
    run: async () => {
      for (const profile of agentPoolProfiles) compute.addPool(cluster, specOf(profile.name, profile));
      const { tags = cluster.tags, sku } = body;
      Object.assign(
        cluster,
        { tags, kubernetesVersion, given: { ...cluster.given, ...given } },
        sku && { tier: sku.tier },
      );
      return written(world, cluster);
    },
  });
};

const written = (world: World, cluster: Cluster) => {
  world.changed({ kind: 'resourceWritten', resourceId: cluster.id, at: world.clock.now() });
  return clusterJson(cluster);
};

/** Deletes a cluster with its nodes and their resource group. */
export const removeCluster = (world: World, compute: Compute, cluster: Cluster): void => {
  for (const { name } of [...cluster.pools]) compute.removePool(cluster, name);
  compute.clusters.remove(cluster.id);
  world.entra.deleteIdentity(cluster.id);
  world.subscriptions.removeGroup(cluster.subscription, cluster.nodeGroup);
  world.changed({ kind: 'resourceDeleted', resourceId: cluster.id, at: world.clock.now() });
};

export const deleteCluster = (world: World, compute: Compute, call: Call): Answer => {
  const cluster = compute.clusters.get(resourceId({ ...placeIn(call), type }));
  if (!cluster) return { status: 204 };
  return accepted(world, call, {
    cluster,
    seconds: SECONDS.cluster,
    run: async () => removeCluster(world, compute, cluster),
  });
};

/** The nodes of a new pool have disks on the set of the cluster, like the nodes of the first pool. */
export const putPool = (world: World, compute: Compute, call: Call): Answer => {
  const cluster = resourceIn(compute.clusters, type, call);
  const { properties } = readBody(POOL_PUT, call.body);
  const name = call.params['pool'] ?? '';
  if (!/^[a-z][a-z0-9]{0,11}$/.test(name))
    throw new AzureError(
      400,
      'InvalidParameter',
      `The agent pool name '${name}' is invalid: it must be up to 12 lower-case letters and digits, a letter first.`,
    );
  return accepted(world, call, {
    cluster,
    seconds: SECONDS.pool,
    run: async () => {
      await refuseKeyless(world, compute.sets.get(cluster.encryptionSet));
      const pool = compute.addPool(cluster, specOf(name, properties));
      written(world, cluster);
      return poolJson(cluster, pool);
    },
  });
};

const isLastOfSystem = ({ pools }: Cluster, pool: AgentPool): boolean =>
  pool.mode === 'System' && pools.filter(({ mode }) => mode === 'System').length === 1;

export const deletePool = (world: World, compute: Compute, call: Call): Answer => {
  const cluster = resourceIn(compute.clusters, type, call);
  const pool = cluster.pools.find(({ name }) => sameId(name, call.params['pool'] ?? ''));
  if (!pool) return { status: 204 };
  if (isLastOfSystem(cluster, pool))
    throw new AzureError(400, 'InvalidParameter', 'There has to be at least one system agent pool.');
  return accepted(world, call, {
    cluster,
    seconds: SECONDS.pool,
    run: async () => {
      compute.removePool(cluster, pool.name);
      written(world, cluster);
    },
  });
};
