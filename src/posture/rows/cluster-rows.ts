import { ofCluster, ofDisk, type Row } from '../row.ts';

export const CLUSTER_ROWS: readonly Row[] = [
  ofDisk('S1.1', 'INFO', 'diskEncryptedWithOwnKey', 'Data at rest are encrypted, by default with Microsoft’s keys'),
  ofCluster('S1.2', 'INFO', 'bothDisksCovered', 'OS and data disks of a cluster may use your key'),
  ofCluster('S1.3', 'INFO', 'knownOperatingSystem', 'Linux and Windows nodes are supported'),
  ofCluster('S1.4', 'PLAN', 'clusterMadeWithSet', 'It takes a new cluster'),
  ofCluster('S1.21', 'PLAN', 'clusterSetPresent', 'The cluster is made with the id of its set'),
  ofCluster('S1.22', 'PLAN', 'poolsEncrypted', 'A new node pool must be encrypted, too'),
  ofCluster('S1.23', 'PLAN', 'dataDisksEncrypted', 'Data disks may use a key of their own'),
  ofCluster('S1.24', 'INFO', 'clusterAccess', 'The right credentials come before kubectl'),
  ofCluster('S1.25', 'PLAN', 'storageClassRight', 'A storage class names driver, sku, kind and set'),
  ofCluster('S1.26', 'PLAN', 'storageClassPresent', 'The storage class is applied'),
  ofCluster('S1.27', 'PLAN', 'versionRecent', 'Kubernetes is recent enough'),
  ofCluster('S1.29', 'PLAN', 'clusterMadeWithSet', 'An existing cluster cannot be upgraded'),
  ofCluster('S1.30', 'PLAN', 'scaleSetsOnly', 'Scale sets, no availability sets'),
  ofCluster('S1.33', 'PLAN', 'ephemeralUpToDate', 'Ephemeral OS disks take up a new key only when made anew'),
];
