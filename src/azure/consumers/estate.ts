import { type ConsumerFacts, type Fact, unknown } from '../../remediation/model/facts.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { openComputeClients } from '../connection/compute-clients.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { onceIn } from '../connection/once.ts';
import { openResourceGraph } from '../connection/resource-graph.ts';
import { isWithin } from '../connection/scope.ts';
import { type ConsumerReading, type ListedReading, mayUseAny } from './consumer-type.ts';
import { openConsumerTypes } from './consumers.ts';
import { type ConsumerListing, idIn, listConsumers, listMany } from './list-consumers.ts';
import { type MachineFacts, type MachinesBySet, readMachine, readMachines } from './machines.ts';
import { readUserIdentity, type UserIdentity } from './user-identities.ts';

export type Estate = {
  /**
   * Per scope: one call for all flexible servers (per page), one for all disk encryption sets, one for all single
   * servers, and one more for each single server with a customer-managed key. That last call is saved where the server
   * is among `known` and unchanged: its pin is then taken to be the same. A resource with several keys is listed with
   * each of them.
   */
  list(known?: readonly ConsumerFacts[]): Promise<ConsumerListing>;
  /** A list without `known`, or a complete list of the last minute. */
  listLately(): Promise<ConsumerListing>;
  /** One consumer: two calls for a single server, one for any other. Outside the scopes it is `unknown`. */
  read(resourceId: string): Promise<ConsumerReading>;
  /**
   * Reads several consumers. Many consumers of one kind are taken from a list, where the list shows all their facts. A
   * consumer that the list lacks is read by itself.
   */
  readMany(resourceIds: readonly string[]): Promise<readonly ListedReading[]>;
  /** A user-assigned identity: one call. Outside the scopes it is `unknown`. */
  readIdentity(id: string): Promise<Fact<UserIdentity>>;
  /** The machines with disks of these sets: two queries for each 300 sets. */
  readMachines(setIds: readonly string[]): Promise<MachinesBySet>;
  /** One virtual machine: one call, and one more for each disk that does not show its disk encryption set. */
  readMachine(id: string): Promise<Fact<MachineFacts>>;
};

/**
 * Events of a vault may name many keys that nobody uses at once, and a look at each of them lists the consumers: these
 * looks share a list.
 */
const LATELY_MS = 60_000;

export const openEstate = (connection: Connection): Estate => {
  const types = openConsumerTypes(connection);
  const graph = openResourceGraph(connection);
  const compute = openComputeClients(connection);
  const read = async (id: string): Promise<ConsumerReading> => {
    if (!isWithin(id, connection.scopes())) return { kind: 'unknown', id, reason: `${id} is outside GUARDIAN_SCOPE` };
    const type = types.get(parseResourceId(id)?.type ?? '');
    return type ? type.read(id) : { kind: 'unknown', id, reason: `${id} is of no kind that the product knows` };
  };
  const list: Estate['list'] = (known = []) => listConsumers(connection, types, known);
  return {
    read,
    list,
    listLately: onceIn(LATELY_MS, list, ({ unreadable }) => !unreadable.some(mayUseAny)),
    readMany: async (ids) => {
      const listed = new Map((await listMany(connection, types, ids)).map((one) => [idIn(one).toLowerCase(), one]));
      return inParallel(ids, async (id) => listed.get(id.toLowerCase()) ?? read(id));
    },
    readIdentity: (id) => readUserIdentity(connection, id),
    readMachines: (setIds) => readMachines(graph, setIds),
    readMachine: async (id) =>
      isWithin(id, connection.scopes()) ? readMachine(compute, id) : unknown(`${id} is outside GUARDIAN_SCOPE`),
  };
};
