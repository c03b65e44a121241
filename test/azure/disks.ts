import type { Cloud } from '../../local/cloud/cloud.ts';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { SUBSCRIPTION } from './product.ts';

/** One vault with a key of two versions; a disk encryption set with two machines pins version 1. */
export const DISKS: WorldPlan = {
  vaults: [
    { name: 'kv-disks', permissions: 'accessPolicies', keys: [{ name: 'cmk', versions: 2, expiresInDays: 90 }] },
  ],
  sets: [{ name: 'disks', vault: 'kv-disks', key: 'cmk', version: 1, machines: 2 }],
};

export const DISK_KEY = { host: 'kv-disks.vault.azure.net', name: 'cmk' };

const compute = (type: string, name: string): string =>
  `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Compute/${type}/${name}`;

export const SET = compute('diskEncryptionSets', 'disks');
export const machineId = (n: 1 | 2): string => compute('virtualMachines', `disks-vm-${n}`);

export const setIn = ({ world }: Cloud) => {
  const set = world.compute.sets.get(SET);
  if (!set) throw new Error('there is no set');
  return set;
};

/** The id of a version of the key, counted from 1. */
export const diskKid = ({ world }: Cloud, version: 1 | 2): string =>
  world.keyVault.key('kv-disks', 'cmk')?.versions[version - 1]?.kid ?? '';
