import type { Checks } from '../check.ts';
import { applyStorageClass } from '../commands.ts';
import type { ClusterFacts, StorageClass } from '../facts.ts';
import { fail, holds, type Judgement, pass, unclear } from '../judgement.ts';
import { setOf } from './cluster-sets.ts';

const NOT_CHECKED = 'not checked: only the cluster itself can tell, and no access to it was given';

const credentials = ({ kubernetes: { access } }: ClusterFacts): Judgement => {
  if (access === 'none') return unclear(NOT_CHECKED);
  return holds(access === 'granted', `access to the cluster is ${access}`);
};

const isRight = ({ provisioner, parameters }: StorageClass, set: string): boolean =>
  provisioner === 'disk.csi.azure.com' &&
  parameters['kind'] === 'managed' &&
  parameters['skuname'] !== undefined &&
  parameters['diskEncryptionSetID']?.toLowerCase() === set.toLowerCase();

const onClasses =
  (judge: (classes: readonly StorageClass[], cluster: ClusterFacts) => Judgement) =>
  (cluster: ClusterFacts): Judgement => {
    const { classes } = cluster.kubernetes;
    const plan = applyStorageClass(cluster.id, setOf(cluster));
    if (classes.kind !== 'present') return { ...unclear(NOT_CHECKED), plan };
    return judge(classes.value, cluster);
  };

const classRight = onClasses((classes, cluster) => {
  const own = classes.filter(({ parameters }) => Object.keys(parameters).some((name) => /^diskencryption/i.test(name)));
  const right = own.find((one) => isRight(one, setOf(cluster)));
  return right
    ? pass(right.name)
    : fail(
        `no class names ${setOf(cluster)} rightly: ${own.map(({ name }) => name).join(', ')}`,
        ...applyStorageClass(cluster.id, setOf(cluster)),
      );
});

const classThere = onClasses((classes, cluster) =>
  holds(
    classes.some(({ parameters }) => parameters['diskEncryptionSetID'] !== undefined),
    `${classes.length} storage classes`,
    ...applyStorageClass(cluster.id, setOf(cluster)),
  ),
);

export const STORAGE_CLASS_CHECKS = {
  clusterAccess: { judge: credentials, page: 'storageClassMissing' },
  storageClassRight: { judge: classRight, page: 'storageClassMissing' },
  storageClassPresent: { judge: classThere, page: 'storageClassMissing' },
} as const satisfies Checks<ClusterFacts>;
