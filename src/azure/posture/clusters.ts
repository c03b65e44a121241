import type { ClusterFacts, DiskFacts, PoolFacts } from '../../posture/facts.ts';
import { absent, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import type { GraphRow, ResourceGraph } from '../connection/resource-graph.ts';
import type { ResourceRow } from './resources.ts';

const CLUSTERS = `resources
| where type =~ 'microsoft.containerservice/managedclusters'
| project id, name, resourceGroup, location, current = tostring(properties.currentKubernetesVersion),
  wanted = tostring(properties.kubernetesVersion), encryptionSet = tolower(tostring(properties.diskEncryptionSetID)),
  nodeGroup = tolower(tostring(properties.nodeResourceGroup)), pools = properties.agentPoolProfiles
| order by id asc`;

const SCALE_SETS = `resources
| where type =~ 'microsoft.compute/virtualmachinescalesets'
| project id, resourceGroup, pool = tostring(tags['aks-managed-poolName']),
  encryptionSet = tolower(tostring(properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.diskEncryptionSet.id))
| order by id asc`;

const DISKS = `resources
| where type =~ 'microsoft.compute/disks'
| project id, resourceGroup, managedBy = tostring(managedBy), osType = tostring(properties.osType),
  encryption = tostring(properties.encryption.type), encryptionSet = tolower(tostring(properties.encryption.diskEncryptionSetId))
| order by id asc`;

type Pool = { readonly name?: string; readonly osType?: string; readonly type?: string; readonly osDiskType?: string };

const NO_ACCESS = unknown('only the cluster itself can tell, and no access to it was given');
const groupOf = ({ id }: { readonly id: string }): string => parseResourceId(id)?.resourceGroup ?? '';

const poolOf = (
  { name = '', osType = '', type = '', osDiskType = '' }: Pool,
  scaleSets: readonly GraphRow[],
): PoolFacts => {
  const own = scaleSets.find(({ pool }) => pool === name);
  const set = String(own?.['encryptionSet'] ?? '');
  const encryptionSet = own ? (set === '' ? absent : present(set)) : unknown(`the scale set of ${name} is not shown`);
  return { name, osType, type, osDiskType, encryptionSet };
};

const diskOf = (row: GraphRow): DiskFacts => ({
  id: row.id,
  encryption: String(row['encryption']),
  ...(row['encryptionSet'] ? { encryptionSet: String(row['encryptionSet']) } : {}),
  ...(row['managedBy'] ? { managedBy: String(row['managedBy']) } : {}),
});

type Around = {
  readonly scaleSets: readonly GraphRow[];
  readonly disks: Fact<readonly GraphRow[]>;
  readonly sets: readonly ResourceRow[];
};

const clusterOf = (row: GraphRow, { scaleSets, disks, sets }: Around): ClusterFacts => {
  const group = String(row['nodeGroup']);
  const setId = String(row['encryptionSet'] ?? '');
  const set = sets.find(({ id }) => id === setId);
  const inGroup = <Row extends { readonly id: string }>(all: readonly Row[]) =>
    all.filter((one) => groupOf(one) === group);
  const data = disks.kind === 'present' ? inGroup(disks.value).filter(({ osType }) => osType === '') : [];
  return {
    id: row.id,
    name: String(row['name']),
    resourceGroup: String(row['resourceGroup']),
    location: String(row['location']),
    version: String(row['current'] || row['wanted']),
    ...(setId === '' ? {} : { encryptionSet: setId }),
    set: set ? present({ location: set.location, ...(set.rotatedOn && { rotatedOn: set.rotatedOn }) }) : absent,
    pools: ((row['pools'] ?? []) as readonly Pool[]).map((pool) => poolOf(pool, inGroup(scaleSets))),
    disks: disks.kind === 'present' ? present(data.map(diskOf)) : disks,
    kubernetes: { access: 'none', classes: NO_ACCESS },
  };
};

export type ClustersAndDisks = {
  readonly clusters: Fact<readonly ClusterFacts[]>;
  readonly disks: Fact<readonly DiskFacts[]>;
};

/** Clusters with their node pools, and every disk in the scopes: three queries, and one more for each further 1,000 rows. */
export const readClusters = async (
  graph: ResourceGraph,
  resources: Fact<readonly ResourceRow[]>,
): Promise<ClustersAndDisks> => {
  const rows = await graph.query('clusters', CLUSTERS);
  const scaleSets = await graph.query('scale sets', SCALE_SETS);
  const disks = await graph.query('disks', DISKS);
  const around = {
    scaleSets: scaleSets.kind === 'present' ? scaleSets.value : [],
    sets: resources.kind === 'present' ? resources.value : [],
    disks,
  };
  return {
    clusters: rows.kind === 'present' ? present(rows.value.map((row) => clusterOf(row, around))) : rows,
    disks: disks.kind === 'present' ? present(disks.value.map(diskOf)) : disks,
  };
};
