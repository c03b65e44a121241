import type { FullWorld } from '../create-world.ts';
import { allowKey, type PinnedKey, pinnedKey } from './pinned-key.ts';
import { subscriptionId } from './product.ts';

/** A disk encryption set with running machines (`{name}-vm-1`, …), each with an OS disk and a data disk on it. */
export type SetPlan = PinnedKey & {
  machines?: number;
  group?: string;
  location?: string;
  rotationToLatestKeyVersionEnabled?: boolean;
};

/** A cluster that was made with a set of the plan, by its name. */
export type ClusterPlan = {
  name: string;
  set: string;
  pools?: { name: string; encrypted?: boolean }[];
  group?: string;
};

/** The set may use its key and, as the document on disks wants it, read the vault. */
export const addEncryptionSet = (world: FullWorld, plan: SetPlan): void => {
  const { name, vault, machines = 0, group = 'data', location, rotationToLatestKeyVersionEnabled } = plan;
  const place = { subscription: subscriptionId, group, ...(location ? { location } : {}) };
  const sourceVault = world.keyVault.vault(vault)?.id ?? '';
  const set = world.compute.addSet({
    ...place,
    name,
    keyUrl: pinnedKey(world, plan),
    sourceVault,
    ...(rotationToLatestKeyVersionEnabled ? { rotationToLatestKeyVersionEnabled } : {}),
  });
  const principalId = set.identity.system?.principalId ?? '';
  allowKey(world, plan, principalId, ['get', 'wrapKey', 'unwrapKey']);
  world.rbac.assign({ scope: sourceVault, role: 'Reader', principalId });
  for (let n = 1; n <= machines; n++) {
    const machine = `${name}-vm-${n}`;
    const data = world.compute.addDisk({ ...place, name: `${machine}-data`, encryptionSet: set.id });
    world.compute.addMachine({ ...place, name: machine, encryptionSet: set.id, dataDisks: [data.id] });
  }
};

/** The cluster may read its set, which Kubernetes on Azure needs. */
export const addKubernetes = (world: FullWorld, { name, set, pools, group = 'data' }: ClusterPlan): void => {
  const found = world.compute.sets.all().find((each) => each.name === set);
  if (!found) throw new Error(`The cluster '${name}' is made with the set '${set}', which the plan does not make.`);
  const place = { subscription: subscriptionId, group, location: found.location };
  const cluster = world.compute.addCluster({ ...place, name, encryptionSet: found.id, ...(pools ? { pools } : {}) });
  world.rbac.assign({
    scope: found.id,
    role: 'Reader',
    principalId: 'principalId' in cluster.identity ? cluster.identity.principalId : '',
  });
};
