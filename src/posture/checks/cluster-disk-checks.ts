import type { Checks } from '../check.ts';
import { encryptDisk } from '../commands.ts';
import type { ClusterFacts, DiskFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, pass, unclear } from '../judgement.ts';
import { setOf } from './cluster-sets.ts';
import { poolsEncrypted } from './node-checks.ts';

export const isEncrypted = ({ encryption }: DiskFacts): boolean => /CustomerKey/i.test(encryption);

const dataDisksEncrypted = (cluster: ClusterFacts): Judgement =>
  judged(
    cluster.disks,
    (disks) => {
      const bare = disks.filter((disk) => !isEncrypted(disk));
      return holds(
        bare.length === 0,
        bare.map(({ id }) => id).join(', ') || `${disks.length} data disks, all encrypted`,
        ...bare.map(({ id }) => encryptDisk(id, setOf(cluster))),
      );
    },
    () => unclear('its node resource group is not there'),
  );

/** Judges both kinds of disks, and reports each kind by itself. */
const bothCovered = (cluster: ClusterFacts): Judgement => {
  const judgements = { 'OS disks': poolsEncrypted(cluster), 'data disks': dataDisksEncrypted(cluster) };
  const told = Object.entries(judgements)
    .map(([disks, { verdict, evidence }]) => `${disks}: ${verdict} (${evidence})`)
    .join('; ');
  const all = Object.values(judgements);
  if (all.some(({ verdict }) => verdict === 'fail')) return fail(told, ...all.flatMap(({ plan }) => plan));
  return all.every(({ verdict }) => verdict === 'pass') ? pass(told) : unclear(told);
};

export const CLUSTER_DISK_CHECKS = {
  bothDisksCovered: { judge: bothCovered, page: 'nodePoolNotEncrypted' },
  dataDisksEncrypted: { judge: dataDisksEncrypted, page: 'diskNotEncrypted' },
} as const satisfies Checks<ClusterFacts>;
