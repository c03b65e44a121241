import type { ComputeManagementClient, VirtualMachine } from '@azure/arm-compute';
import { type Fact, type Machine, present, unknown } from '../../remediation/model/facts.ts';
import { parseResourceId, placeOf } from '../../remediation/model/resource-id.ts';
import type { ComputeClients } from '../connection/compute-clients.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { GraphRow, ResourceGraph } from '../connection/resource-graph.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { readFact } from '../failure/read-fact.ts';
import { answerOf } from '../http/another-answer.ts';
import { tagsOf } from './understood.ts';

const POWER: Readonly<Record<string, Machine['power']>> = {
  'powerstate/running': 'running',
  'powerstate/stopped': 'stopped',
  'powerstate/deallocated': 'deallocated',
};

/** The product's name for a power state of Azure such as `PowerState/running`. */
const powerOf = (code: string): Machine['power'] => POWER[code.toLowerCase()] ?? 'other';

/** The machines with disks of a set, by the lower-cased id of the set. */
export type MachinesBySet = ReadonlyMap<string, Fact<readonly Machine[]>>;

/** The most ids that fit into one query beside its text. */
const IDS_A_QUERY = 300;

const list = (ids: readonly string[]): string => ids.map((id) => `'${id.replace(/['\\]/g, '\\$&')}'`).join(', ');

const disksOf = (setIds: readonly string[]): string => `resources
| where type =~ 'microsoft.compute/disks' and isnotempty(managedBy)
| where properties.encryption.diskEncryptionSetId in~ (${list(setIds)})
| project id, set = tolower(tostring(properties.encryption.diskEncryptionSetId)), machine = tolower(managedBy)
| order by id asc`;

/** Only Resource Graph gives the power state of many machines at once, under `extended`. */
const machinesWith = (ids: readonly string[]): string => `resources
| where type =~ 'microsoft.compute/virtualmachines' and id in~ (${list(ids)})
| project id, name, power = tolower(tostring(properties.extended.instanceView.powerState.code))
| order by id asc`;

const inChunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_A_QUERY) }, (_, at) =>
    ids.slice(at * IDS_A_QUERY, (at + 1) * IDS_A_QUERY),
  );

const machineOf = ({ id, name, power }: GraphRow): Machine => ({
  id: id.toLowerCase(),
  name: String(name),
  power: powerOf(String(power)),
});

const WHAT = 'the machines on the disks of disk encryption sets';

/** The rows of one query for each 300 ids, one query after the other: Azure answers only 15 queries in 5 s. */
const rowsOf = async (
  graph: ResourceGraph,
  ids: readonly string[],
  queryFor: (ids: readonly string[]) => string,
): Promise<Fact<readonly GraphRow[]>> => {
  const rows: GraphRow[] = [];
  for (const chunk of inChunks(ids)) {
    const answer = await graph.query(WHAT, queryFor(chunk));
    if (answer.kind !== 'present') return answer;
    rows.push(...answer.value);
  }
  return present(rows);
};

const isMachine = (id: string): boolean => parseResourceId(id)?.type === 'microsoft.compute/virtualmachines';

const bySet = (setIds: readonly string[], disks: readonly GraphRow[], found: readonly Machine[]): MachinesBySet => {
  const machines = new Map(found.map((one) => [one.id, one]));
  const ofSet = Map.groupBy(disks, ({ set }) => String(set));
  return new Map(
    setIds.map((id) => {
      const ids = new Set((ofSet.get(id) ?? []).map(({ machine }) => String(machine)));
      return [id, present([...ids].flatMap((one) => machines.get(one) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1)))];
    }),
  );
};

const readAll = async (graph: ResourceGraph, setIds: readonly string[]): Promise<Fact<MachinesBySet>> => {
  const disks = await rowsOf(graph, setIds, disksOf);
  if (disks.kind !== 'present') return disks;
  const ids = [...new Set(disks.value.map(({ machine }) => String(machine)))].filter(isMachine);
  const machines = await rowsOf(graph, ids, machinesWith);
  return machines.kind === 'present' ? present(bySet(setIds, disks.value, machines.value.map(machineOf))) : machines;
};

/**
 * The machines with disks of these sets, some seconds old in Resource Graph: two queries for each 300 sets and
 * machines. Where Resource Graph does not answer, for now or for good, the machines are unknown: no repair waits for
 * them. Nodes of a uniform scale set are left out, since they must not be started one by one.
 */
export const readMachines = async (graph: ResourceGraph, setIds: readonly string[]): Promise<MachinesBySet> => {
  const ids = [...new Set(setIds.map((id) => id.toLowerCase()))];
  const read = await readAll(graph, ids).catch((error: unknown): Fact<never> => {
    if (error instanceof AzureUnavailable) return unknown(error.message);
    throw error;
  });
  if (read.kind === 'present') return read.value;
  const why = unknown(read.kind === 'unknown' ? read.reason : `${WHAT} are not shown`);
  return new Map(ids.map((id) => [id, why]));
};

/** A virtual machine, as just read. */
export type MachineFacts = Machine & {
  /** Azure's own text, with a running operation: `PowerState/deallocated`, `Updating`. */
  readonly raw: string;
  /** Whether Azure is changing the machine. */
  readonly isBusy: boolean;
  /** The disk encryption sets of its disks, lower-cased ids. */
  readonly setIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
};

const BUSY = /^(creating|updating|migrating|deleting|powerstate\/(starting|stopping|deallocating))$/i;

const managedDisksOf = ({ storageProfile: { osDisk, dataDisks = [] } = {} }: VirtualMachine) =>
  [osDisk, ...dataDisks].flatMap((disk) => disk?.managedDisk ?? []);

/** A deallocated machine may not show the sets of its disks: then the disks themselves are read. */
const setIdsOf = async ({ disks }: ComputeManagementClient, machine: VirtualMachine): Promise<readonly string[]> => {
  const read = await inParallel(managedDisksOf(machine), async ({ diskEncryptionSet, id }) => {
    if (diskEncryptionSet?.id ?? !id) return diskEncryptionSet?.id;
    const { resourceGroup, name } = placeOf(id ?? '');
    return answerOf(id ?? '', await disks.get(resourceGroup, name)).encryption?.diskEncryptionSetId;
  });
  return [...new Set(read.flatMap((id) => (id ? [id.toLowerCase()] : [])))];
};

/** Reads a machine with its power state, which is only in the instance view, and with the sets of its disks. */
export const readMachine = (clients: ComputeClients, machineId: string): Promise<Fact<MachineFacts>> => {
  const { subscriptionId, resourceGroup, name } = placeOf(machineId);
  return readFact({ what: `virtual machine ${name}`, scope: machineId }, async () => {
    const client = await clients(subscriptionId);
    const read = client.virtualMachines.get(resourceGroup, name, { expand: 'instanceView' });
    const machine = answerOf(machineId, await read);
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
      tags: tagsOf(machine.tags),
    };
  });
};
