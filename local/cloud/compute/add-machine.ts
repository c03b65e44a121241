import type { World } from '../service.ts';
import type { ById } from './by-id.ts';
import { COMPUTE_TYPES, type ComputePlace, type Disk, type VirtualMachine } from './compute-resource.ts';
import { placed } from './place.ts';

/** `encryptionSet` is the resource id of a set. */
export type DiskSpec = ComputePlace & { sizeGB?: number; encryptionSet?: string; osType?: 'Linux' | 'Windows' };

/** `encryptionSet` is that of the OS disk; `dataDisks` are ids of disks that are there. */
export type MachineSpec = ComputePlace & { size?: string; encryptionSet?: string; dataDisks?: string[] };

export const newDisk = (world: World, { sizeGB = 128, encryptionSet, osType, ...place }: DiskSpec): Disk => ({
  ...placed(world, COMPUTE_TYPES.disk, place),
  sizeGB,
  ...(osType ? { osType } : {}),
  ...(encryptionSet ? { encryptionSet } : {}),
});

type State = { disks: ById<Disk>; machines: ById<VirtualMachine> };

/** Makes the OS disk, attaches the others and has the machine run. */
export const newMachine = (world: World, { disks, machines }: State, spec: MachineSpec): VirtualMachine => {
  const { size = 'Standard_D2s_v5', encryptionSet, dataDisks = [], ...place } = spec;
  const osDisk = newDisk(world, {
    ...place,
    name: `${place.name}-os`,
    osType: 'Linux',
    ...(encryptionSet ? { encryptionSet } : {}),
  });
  const machine: VirtualMachine = {
    ...placed(world, COMPUTE_TYPES.machine, place),
    size,
    osDisk: osDisk.id,
    dataDisks,
    power: 'running',
    since: world.clock.now(),
    history: [],
  };
  disks.put(osDisk);
  for (const id of [osDisk.id, ...dataDisks]) attach(disks.get(id), id, machine);
  return machines.put(machine);
};

const attach = (disk: Disk | undefined, id: string, machine: VirtualMachine): void => {
  if (!disk) throw new Error(`There is no disk '${id}' for the machine '${machine.name}'.`);
  disk.managedBy = machine.id;
};
