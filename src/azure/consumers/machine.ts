import type { ComputeManagementClient, VirtualMachine } from '@azure/arm-compute';
import type { Fact, Machine } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import type { ComputeClients } from '../connection/compute-clients.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { readFact } from '../failure/read-fact.ts';
import { powerOf } from './power.ts';

/** A virtual machine as it is now. */
export type MachineFacts = Machine & {
  /** Azure's own word, with what it is doing: `PowerState/deallocated`, `Updating`. */
  readonly raw: string;
  /** Whether Azure is at work on it. */
  readonly isBusy: boolean;
  /** The disk encryption sets of its disks, lower-cased. */
  readonly setIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
};

const BUSY = /^(creating|updating|migrating|deleting|powerstate\/(starting|stopping|deallocating))$/i;

const managedDisksOf = ({ storageProfile: { osDisk, dataDisks = [] } = {} }: VirtualMachine) =>
  [osDisk, ...dataDisks].flatMap((disk) => disk?.managedDisk ?? []);

/** A machine that is deallocated may not show the sets of its disks: then the disks themselves are read. */
const setIdsOf = async ({ disks }: ComputeManagementClient, machine: VirtualMachine): Promise<readonly string[]> => {
  const read = await inParallel(managedDisksOf(machine), async ({ diskEncryptionSet, id }) => {
    if (diskEncryptionSet?.id ?? !id) return diskEncryptionSet?.id;
    const { resourceGroup, name } = placeOf(id ?? '');
    return (await disks.get(resourceGroup, name)).encryption?.diskEncryptionSetId;
  });
  return [...new Set(read.flatMap((id) => (id ? [id.toLowerCase()] : [])))];
};

/** Reads a machine with its power state, which is only in the instance view, and the sets of its disks. */
export const readMachine = (clients: ComputeClients, machineId: string): Promise<Fact<MachineFacts>> => {
  const { subscriptionId, resourceGroup, name } = placeOf(machineId);
  return readFact({ what: `virtual machine ${name}`, scope: machineId }, async () => {
    const client = await clients(subscriptionId);
    const machine = await client.virtualMachines.get(resourceGroup, name, { expand: 'instanceView' });
    const codes = (machine.instanceView?.statuses ?? []).map(({ code = '' }) => code);
    const power = codes.find((code) => /^powerstate\//i.test(code)) ?? 'no power state';
    const { provisioningState = 'no provisioning state' } = machine;
    return {
      id: machineId.toLowerCase(),
      name: machine.name ?? name,
      power: powerOf(power),
      raw: [power, provisioningState].find((word) => BUSY.test(word)) ?? power,
      isBusy: BUSY.test(power) || BUSY.test(provisioningState),
      setIds: await setIdsOf(client, machine),
      tags: machine.tags ?? {},
    };
  });
};
