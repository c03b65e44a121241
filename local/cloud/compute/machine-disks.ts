import type { ById } from './by-id.ts';
import type { Disk, ScaleSet, VirtualMachine } from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';

/** The disks, in which machines look up theirs, and the sets, in which disks look up theirs. */
export type Disks = { disks: ById<Disk>; sets: ById<DiskEncryptionSet> };

/** The encryption sets of a machine's disks. */
export const setsOf = ({ disks, sets }: Disks, machine: VirtualMachine): DiskEncryptionSet[] => {
  const found = [machine.osDisk, ...machine.dataDisks].flatMap((id) => sets.get(disks.get(id)?.encryptionSet) ?? []);
  return [...new Set(found)];
};

/** The encryption set of a scale set's model: all its nodes depend on it. */
export const setsOfNodes = ({ sets }: Pick<Disks, 'sets'>, { encryptionSet }: ScaleSet): DiskEncryptionSet[] =>
  [sets.get(encryptionSet)].flatMap((set) => set ?? []);
