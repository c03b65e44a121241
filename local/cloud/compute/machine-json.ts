import { guid } from '../draw.ts';
import {
  COMPUTE_TYPES,
  type Disk,
  type Powered,
  type PowerState,
  type ScaleSet,
  type VirtualMachine,
} from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import type { Disks } from './machine-disks.ts';

const WORDS: Record<PowerState, string> = {
  running: 'VM running',
  stopped: 'VM stopped',
  deallocated: 'VM deallocated',
};

const head = ({ id, name, location, tags }: Disk | VirtualMachine | ScaleSet, type: string) => ({
  id,
  name,
  type,
  location,
  tags,
});

/** `Disk` of Microsoft.Compute 2025-01-02. */
export const diskJson = (disk: Disk, set: DiskEncryptionSet | undefined, isReserved: boolean) => ({
  ...head(disk, COMPUTE_TYPES.disk),
  sku: { name: 'Premium_LRS', tier: 'Premium' },
  ...(disk.managedBy ? { managedBy: disk.managedBy } : {}),
  properties: {
    ...(disk.osType ? { osType: disk.osType } : {}),
    creationData: { createOption: disk.osType ? 'FromImage' : 'Empty' },
    diskSizeGB: disk.sizeGB,
    timeCreated: new Date(disk.createdAt).toISOString(),
    provisioningState: 'Succeeded',
    diskState: disk.managedBy ? (isReserved ? 'Reserved' : 'Attached') : 'Unattached',
    encryption: disk.encryptionSet
      ? { type: set?.encryptionType ?? 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: disk.encryptionSet }
      : { type: 'EncryptionAtRestWithPlatformKey' },
  },
});

/** `VirtualMachine` of Microsoft.Compute 2026-03-01; the power state is only in the instance view. */
export const machineJson = (machine: VirtualMachine, { disks }: Disks, provisioningState = 'Succeeded') => ({
  ...head(machine, COMPUTE_TYPES.machine),
  properties: {
    vmId: guid('vm', machine.id.toLowerCase()),
    hardwareProfile: { vmSize: machine.size },
    provisioningState,
    storageProfile: {
      osDisk: {
        osType: 'Linux',
        createOption: 'FromImage',
        ...attached(machine.osDisk, disks.get(machine.osDisk), machine),
      },
      dataDisks: machine.dataDisks.map((id, lun) => ({
        lun,
        createOption: 'Attach',
        ...attached(id, disks.get(id), machine),
      })),
    },
    timeCreated: new Date(machine.createdAt).toISOString(),
  },
});

/**
 * Of a deallocated machine Azure shows only the ids of its disks (customers, ansible/ansible 52181; "by design",
 * Azure/azure-powershell 13213).
 */
const attached = (id: string, disk: Disk | undefined, { power }: VirtualMachine) => ({
  name: id.split('/').at(-1),
  managedDisk: {
    id,
    ...(power === 'deallocated' ? {} : { storageAccountType: 'Premium_LRS', ...setOf(disk) }),
  },
});

const setOf = (disk: Disk | undefined) =>
  disk?.encryptionSet ? { diskEncryptionSet: { id: disk.encryptionSet } } : {};

/** `VirtualMachineInstanceView` of Microsoft.Compute 2026-03-01. */
export const instanceViewJson = ({ power, since }: Pick<Powered, 'power' | 'since'>) => ({
  statuses: [
    {
      code: 'ProvisioningState/succeeded',
      level: 'Info',
      displayStatus: 'Provisioning succeeded',
      time: new Date(since).toISOString(),
    },
    { code: `PowerState/${power}`, level: 'Info', displayStatus: WORDS[power] },
  ],
});

/** `VirtualMachineScaleSet` of Microsoft.Compute 2026-03-01, uniform. */
export const scaleSetJson = (set: ScaleSet) => ({
  ...head(set, COMPUTE_TYPES.scaleSet),
  sku: { name: set.size, tier: 'Standard', capacity: set.capacity },
  properties: {
    provisioningState: 'Succeeded',
    orchestrationMode: 'Uniform',
    virtualMachineProfile: {
      storageProfile: {
        osDisk: {
          osType: 'Linux',
          createOption: 'FromImage',
          ...(set.osDiskType === 'Ephemeral' ? { diffDiskSettings: { option: 'Local' } } : {}),
          managedDisk: {
            storageAccountType: set.osDiskType === 'Ephemeral' ? 'Standard_LRS' : 'Premium_LRS',
            ...(set.encryptionSet ? { diskEncryptionSet: { id: set.encryptionSet } } : {}),
          },
        },
      },
    },
  },
});
