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
import { isExcluded, isWithin, liesIn, outermost, type Scope, type Scopes } from '../connection/scope.ts';
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

/**
 * Every consumer in the scopes, by the key that it pins. The list is complete only if no resource was unreadable, for
 * now or for good.
 */
export type ConsumerListing = {
  readonly keys: readonly KeyConsumers[];
  readonly unreadable: readonly Unreadable[];
  /** ARM ids, lower-cased, of the consumers whose pin took a call of its own. */
  readonly pinsRead: readonly string[];
};

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
  readMany(resourceIds: readonly string[]): Promise<readonly ConsumerReading[]>;
  /** A user-assigned identity: one call. Outside the scopes it is `unknown`. */
  readIdentity(id: string): Promise<Fact<UserIdentity>>;
  /** The machines with disks of these sets: two queries for each 300 sets. */
  readMachines(setIds: readonly string[]): Promise<MachinesBySet>;
  /** One virtual machine: one call, and one more for each disk that does not show its disk encryption set. */
  readMachine(id: string): Promise<Fact<MachineFacts>>;
};

/**
 * Up to this many consumers of one kind are read one by one: a person who can create consumers can attach any number to
 * a key.
 */
const FEW = 20;

/**
 * Events of a vault may name many keys that nobody uses at once, and a look at each of them lists the consumers: these
 * looks share a list.
 */
const LATELY_MS = 60_000;

const forgotten: Recall = () => undefined;

export const openEstate = (connection: Connection): Estate => {
  const types = openConsumerTypes(connection);
  const graph = openResourceGraph(connection);
  const compute = openComputeClients(connection);
  const listType = async (type: ConsumerType, scope: Scope, recall: Recall): Promise<readonly ConsumerReading[]> => {
    const listed = await orUnavailable(scope.id, type.list(scope, recall));
    if (listed.kind === 'present') return reachedOf(scope, listed.value, connection.scopes());
    if ('unavailable' in listed) return [listed];
    const reason = listed.kind === 'unknown' ? listed.reason : `${scope.id} does not exist; correct GUARDIAN_SCOPE`;
    return [{ kind: 'unknown', id: scope.id, reason }];
  };
  const read = async (id: string): Promise<ConsumerReading> => {
    if (!isWithin(id, connection.scopes())) return { kind: 'unknown', id, reason: `${id} is outside GUARDIAN_SCOPE` };
    const type = types.get(parseResourceId(id)?.type ?? '');
    return type ? type.read(id) : { kind: 'unknown', id, reason: `${id} is of no kind that the product knows` };
  };
  const listMany = async (ids: readonly string[]): Promise<readonly ConsumerReading[]> => {
    const kinds = [...Map.groupBy(ids, (id) => parseResourceId(id)?.type ?? '')];
    const many = kinds.flatMap(([kind, { length }]) => (length > FEW ? (types.get(kind) ?? []) : []));
    const shown = many.filter(({ showsAll }) => showsAll);
    const lists = outermost(connection.scopes()).flatMap((scope) =>
      shown.map((type) => listType(type, scope, forgotten)),
    );
    const readings = (await Promise.all(lists)).flat().filter(({ kind }) => kind !== 'unknown');
    return lists.length === 0 ? [] : contradicted(readings, await readPlaces(connection, readings.map(idIn)));
  };
  const list: Estate['list'] = async (known = []) => {
    const byId = new Map(known.map((facts) => [facts.id.toLowerCase(), facts]));
    const recall: Recall = (id) => byId.get(id.toLowerCase());
    const scopes = connection.scopes();
    const pairs = outermost(scopes).flatMap((scope) => [...types.values()].map((type) => ({ scope, type })));
    const readings = (await Promise.all(pairs.map(({ scope, type }) => listType(type, scope, recall)))).flat();
    const consumers = readings.filter((one) => one.kind === 'consumer');
    return {
      keys: groupByKey(consumers.flatMap(usesOf)),
      unreadable: [
        ...readings.filter((one) => one.kind === 'unknown'),
        ...consumers.flatMap(untold),
        ...scopes.unread.map((one) => ({ kind: 'unknown', ...one }) as const),
      ],
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
      isWithin(id, connection.scopes()) ? readMachine(compute, id) : unknown(`${id} is outside GUARDIAN_SCOPE`),
  };
};

const contradicted = (readings: readonly ConsumerReading[], places: readonly Place[]): readonly ConsumerReading[] =>
  readings.map((one) =>
    one.kind === 'consumer'
      ? { ...one, facts: inSight(places)(one.facts), others: one.others.map(inSight(places)) }
      : one,
  );

/** A consumer that names its key without the required version still uses that key, and people are told of it. */
const untold = ({ facts }: Consumer): readonly Unreadable[] => {
  const why = whyUntold(facts);
  const reason = `${profileOf(facts.kind).noun} ${facts.name} ${why}`;
  return why === undefined ? [] : [{ kind: 'unknown', id: facts.id, reason, namesNoKey: true }];
};

const idIn = (reading: ConsumerReading): string => (reading.kind === 'consumer' ? reading.facts.id : reading.id);

/**
 * A list of a scope must not hold a resource from elsewhere: a consumer with such an id counts for none of the keys,
 * and people are told of it.
 */
const inPlace = (scope: Scope, reading: ConsumerReading): ConsumerReading =>
  liesIn(idIn(reading), scope)
    ? reading
    : {
        kind: 'unknown',
        id: idIn(reading),
        reason: `Azure has listed it in ${scope.id}, where it is not`,
        namesNoKey: true,
      };

/** Excluded resources are left out, also from the unreadable ones. */
const reachedOf = (scope: Scope, listed: readonly ConsumerReading[], scopes: Scopes): readonly ConsumerReading[] =>
  listed.filter((one) => !isExcluded(idIn(one), scopes)).map((one) => inPlace(scope, one));

const groupByKey = (consumers: readonly ConsumerFacts[]): readonly KeyConsumers[] =>
  [...Map.groupBy(consumers, ({ pinned }) => keyId(pinned.key)).values()].flatMap((group) =>
    group[0] ? [{ key: group[0].pinned.key, consumers: group }] : [],
  );
