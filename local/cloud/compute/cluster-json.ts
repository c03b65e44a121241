import { type AgentPool, type Cluster, COMPUTE_TYPES } from './compute-resource.ts';

const poolProperties = ({ mode, count, size, osDiskType, given }: AgentPool, { kubernetesVersion }: Cluster) => ({
  ...given,
  count,
  vmSize: size,
  osDiskSizeGB: 128,
  osDiskType,
  osType: 'Linux',
  type: 'VirtualMachineScaleSets',
  mode,
  orchestratorVersion: kubernetesVersion,
  provisioningState: 'Succeeded',
  powerState: { code: 'Running' },
});

const identityJson = ({ identity }: Cluster) =>
  'user' in identity
    ? { type: 'UserAssigned', userAssignedIdentities: identity.user }
    : { type: 'SystemAssigned', ...identity };

/** `ManagedCluster` of Microsoft.ContainerService. Mind `diskEncryptionSetID`; a pool has no such property. */
export const clusterJson = (cluster: Cluster) => ({
  id: cluster.id,
  name: cluster.name,
  type: COMPUTE_TYPES.cluster,
  location: cluster.location,
  tags: cluster.tags,
  identity: identityJson(cluster),
  sku: { name: 'Base', tier: cluster.tier },
  properties: {
    ...cluster.given,
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    kubernetesVersion: cluster.kubernetesVersion,
    dnsPrefix: cluster.given['dnsPrefix'] ?? cluster.name,
    agentPoolProfiles: cluster.pools.map((pool) => ({ name: pool.name, ...poolProperties(pool, cluster) })),
    nodeResourceGroup: cluster.nodeGroup,
    ...(cluster.encryptionSet ? { diskEncryptionSetID: cluster.encryptionSet } : {}),
  },
});

/** `AgentPool` of Microsoft.ContainerService. */
export const poolJson = (cluster: Cluster, pool: AgentPool) => ({
  id: `${cluster.id}/agentPools/${pool.name}`,
  name: pool.name,
  type: `${COMPUTE_TYPES.cluster}/agentPools`,
  properties: poolProperties(pool, cluster),
});
