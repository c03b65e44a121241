import { type ConsumerFacts, type Fact, unknown } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { inSight, type Place } from '../../remediation/observation/places.ts';
import { whyUntold } from '../../remediation/observation/versions-in-use.ts';
import { openComputeClients } from '../connection/compute-clients.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { onceIn } from '../connection/once.ts';
import { readPlaces } from '../connection/places.ts';
import { openResourceGraph } from '../connection/resource-graph.ts';
import { isWithin, outermost, type Scope } from '../connection/scope.ts';
import {
  type Consumer,
  type ConsumerReading,
  type ConsumerType,
  mayUseAny,
  orUnavailable,
  type Recall,
  type Unreadable,
  usesOf,
} from './consumer-type.ts';
import { openConsumerTypes } from './consumers.ts';
import { type MachineFacts, type MachinesBySet, readMachine, readMachines } from './machines.ts';
import { readUserIdentity, type UserIdentity } from './user-identities.ts';

export type KeyConsumers = { readonly key: KeyRef; readonly consumers: readonly ConsumerFacts[] };

/** Every consumer in the scopes, by the key that it pins. Complete only if nothing was unreadable, for now or for good. */
export type ConsumerListing = {
  readonly keys: readonly KeyConsumers[];
  readonly unreadable: readonly Unreadable[];
  /** ARM ids, lower-cased, of those whose pinned key took a call of its own. */
  readonly pinsRead: readonly string[];
};

export type Estate = {
  /**
   * Per scope: one call for all flexible servers (per page), one for all disk encryption sets, one for all single servers
   * and one more for each of those that has a customer-managed key, unless it is among `known` and unchanged: then it is
   * taken to pin what it pinned. A resource that uses several keys is with each.
   */
  list(known?: readonly ConsumerFacts[]): Promise<ConsumerListing>;
  /** The same without `known`, or what such a list has shown in the last minute, where that was complete. */
  listLately(): Promise<ConsumerListing>;
  /** One consumer: two calls for a single server, one for any other. Outside the scopes it is `unknown`. */
  read(resourceId: string): Promise<ConsumerReading>;
  /** Several: many of one kind are found in its list, where that shows all of them. One that is not listed is read for itself. */
  readMany(resourceIds: readonly string[]): Promise<readonly ConsumerReading[]>;
  /** A user-assigned identity: one call. Outside the scopes it is `unknown`. */
  readIdentity(id: string): Promise<Fact<UserIdentity>>;
  /** The machines on the disks of these sets: two queries for each 300. */
  readMachines(setIds: readonly string[]): Promise<MachinesBySet>;
  /** One virtual machine: one call, and one more for each of its disks that does not show its set there. */
  readMachine(id: string): Promise<Fact<MachineFacts>>;
};

/** More of one kind than these are not read one by one: whoever may create consumers can hang any number on a key. */
const FEW = 20;

/** Many keys that nobody uses are named at once in events of their vaults, and each look at one asks who does. */
const LATELY_MS = 60_000;

const forgotten: Recall = () => undefined;

export const openEstate = (connection: Connection): Estate => {
  const types = openConsumerTypes(connection);
  const graph = openResourceGraph(connection);
  const compute = openComputeClients(connection);
  const listType = async (type: ConsumerType, scope: Scope, recall: Recall): Promise<readonly ConsumerReading[]> => {
    const listed = await orUnavailable(scope.id, type.list(scope, recall));
    if (listed.kind === 'present') return listed.value.map((one) => inPlace(scope, one));
    if ('unavailable' in listed) return [listed];
    const reason = listed.kind === 'unknown' ? listed.reason : `${scope.id} does not exist; correct GUARDIAN_SCOPE`;
    return [{ kind: 'unknown', id: scope.id, reason }];
  };
  const read = async (id: string): Promise<ConsumerReading> => {
    if (!isWithin(id, connection.scopes)) return { kind: 'unknown', id, reason: `${id} is outside GUARDIAN_SCOPE` };
    const type = types.get(parseResourceId(id)?.type ?? '');
    return type ? type.read(id) : { kind: 'unknown', id, reason: `${id} is of no kind that the product knows` };
  };
  const listMany = async (ids: readonly string[]): Promise<readonly ConsumerReading[]> => {
    const kinds = [...Map.groupBy(ids, (id) => parseResourceId(id)?.type ?? '')];
    const many = kinds.flatMap(([kind, { length }]) => (length > FEW ? (types.get(kind) ?? []) : []));
    const shown = many.filter(({ showsAll }) => showsAll);
    const lists = outermost(connection.scopes).flatMap((scope) =>
      shown.map((type) => listType(type, scope, forgotten)),
    );
    const readings = (await Promise.all(lists)).flat().filter(({ kind }) => kind !== 'unknown');
    return lists.length === 0 ? [] : contradicted(readings, await readPlaces(connection, readings.map(idIn)));
  };
  const list: Estate['list'] = async (known = []) => {
    const byId = new Map(known.map((facts) => [facts.id.toLowerCase(), facts]));
    const recall: Recall = (id) => byId.get(id.toLowerCase());
    const pairs = outermost(connection.scopes).flatMap((scope) => [...types.values()].map((type) => ({ scope, type })));
    const readings = (await Promise.all(pairs.map(({ scope, type }) => listType(type, scope, recall)))).flat();
    const consumers = readings.filter((one) => one.kind === 'consumer');
    return {
      keys: groupByKey(consumers.flatMap(usesOf)),
      unreadable: [...readings.filter((one) => one.kind === 'unknown'), ...consumers.flatMap(untold)],
      pinsRead: consumers.flatMap(({ facts, pinRead }) => (pinRead ? [facts.id.toLowerCase()] : [])),
    };
  };
  return {
    read,
    list,
    listLately: onceIn(LATELY_MS, list, ({ unreadable }) => !unreadable.some(mayUseAny)),
    readMany: async (ids) => {
      const listed = new Map((await listMany(ids)).map((one) => [idIn(one).toLowerCase(), one]));
      return inParallel(ids, async (id) => listed.get(id.toLowerCase()) ?? read(id));
    },
    readIdentity: (id) => readUserIdentity(connection, id),
    readMachines: (setIds) => readMachines(graph, setIds),
    readMachine: async (id) =>
      isWithin(id, connection.scopes) ? readMachine(compute, id) : unknown(`${id} is outside GUARDIAN_SCOPE`),
  };
};

const contradicted = (readings: readonly ConsumerReading[], places: readonly Place[]): readonly ConsumerReading[] =>
  readings.map((one) =>
    one.kind === 'consumer'
      ? { ...one, facts: inSight(places)(one.facts), others: one.others.map(inSight(places)) }
      : one,
  );

/** What names a key without the version that it has to name is a consumer of that key, and is told of as well. */
const untold = ({ facts }: Consumer): readonly Unreadable[] => {
  const why = whyUntold(facts);
  const reason = `${profileOf(facts.kind).noun} ${facts.name} ${why}`;
  return why === undefined ? [] : [{ kind: 'unknown', id: facts.id, reason, namesNoKey: true }];
};

const idIn = (reading: ConsumerReading): string => (reading.kind === 'consumer' ? reading.facts.id : reading.id);

/** A list of a scope holds nothing that is elsewhere: what says that it is uses none of our keys, and is told of. */
const inPlace = (scope: Scope, reading: ConsumerReading): ConsumerReading =>
  isWithin(idIn(reading), [scope])
    ? reading
    : {
        kind: 'unknown',
        id: idIn(reading),
        reason: `Azure has listed it in ${scope.id}, where it is not`,
        namesNoKey: true,
      };

const groupByKey = (consumers: readonly ConsumerFacts[]): readonly KeyConsumers[] =>
  [...Map.groupBy(consumers, ({ pinned }) => keyId(pinned.key)).values()].flatMap((group) =>
    group[0] ? [{ key: group[0].pinned.key, consumers: group }] : [],
  );
