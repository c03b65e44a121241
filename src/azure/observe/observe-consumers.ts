import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  unknown,
} from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { cachedBy } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { once } from '../connection/once.ts';
import { type ListedReading, mayUseAny, usesOf } from '../consumers/consumer-type.ts';
import type { Estate } from '../consumers/estate.ts';
import type { MachinesBySet } from '../consumers/machines.ts';
import { mayBeMigrated, migratedId, readMigrated } from '../consumers/migrated.ts';
import { type UserIdentity, withoutLostIdentities } from '../consumers/user-identities.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { ObserveRequest } from './observe-request.ts';

/** Reads that the keys of one observation share: no resource is read twice. */
export type SharedReads = {
  readonly readIdentity: (id: string) => Promise<Fact<UserIdentity>>;
  readonly readMachines: (setIds: readonly string[]) => Promise<MachinesBySet>;
};

const setIdsIn = (consumers: readonly ConsumerFacts[]): readonly string[] =>
  consumers.flatMap(({ id, kind }) => (profileOf(kind).hasMachines ? [id.toLowerCase()] : []));

/** The machines of all sets that are known when the observation begins are read in one go. */
export const shareReads = (estate: Estate, requests: readonly ObserveRequest[]): SharedReads => {
  const known = requests.flatMap(({ consumers = [], machines }) => (machines ? setIdsIn(consumers) : []));
  const ofKnown = once(() => estate.readMachines(known));
  return {
    readIdentity: cachedBy(estate.readIdentity),
    readMachines: (setIds) => (setIds.every((id) => known.includes(id)) ? ofKnown() : estate.readMachines(setIds)),
  };
};

type Seen = { readonly consumers: Fact<readonly ConsumerFacts[]>; readonly goneIds: readonly string[] };

/** A consumer that is not found, as last seen except for its state; nothing where it was never seen. */
const asLastSeen = (reading: ListedReading, lastSeen: readonly ConsumerFacts[]): readonly ConsumerFacts[] => {
  const last = lastSeen.filter(({ id }) => id.toLowerCase() === idIn(reading).toLowerCase());
  return last.map((one) => ({ ...one, state: reading.kind === 'unknown' ? unknown(reading.reason) : absent }));
};

const idIn = (reading: ListedReading): string => (reading.kind === 'consumer' ? reading.facts.id : reading.id);

/** A consumer whose resource group is not found does not hide the others, if its last facts are known. */
const isMissing = (reading: ListedReading): boolean =>
  reading.kind === 'gone' || (reading.kind === 'unknown' && reading.groupMissing === true);

/**
 * The consumers with these ids that pin this key. A consumer that has left the key is dropped. For a consumer that is
 * not found only time decides.
 */
const readConsumers = async (
  { readMany }: Estate,
  { key, lastSeen = [] }: ObserveRequest,
  ids: readonly string[],
): Promise<Seen> => {
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const readings = await readMany(distinct);
  const goneIds = readings.flatMap((one) => (one.kind === 'gone' ? [one.id] : []));
  const missing = readings.filter(isMissing).flatMap((one) => asLastSeen(one, lastSeen));
  const isKnownMissing = (one: ListedReading): boolean => isMissing(one) && asLastSeen(one, lastSeen).length > 0;
  const blind = readings.find((one) => one.kind === 'unknown' && mayUseAny(one) && !isKnownMissing(one));
  if (blind?.kind === 'unknown') return { consumers: unknown(blind.reason), goneIds };
  const uses = [...readings.flatMap((one) => (one.kind === 'consumer' ? usesOf(one) : [])), ...missing];
  return { consumers: present(uses.filter(({ pinned }) => keyId(pinned.key) === keyId(key))), goneIds };
};

const listConsumers = async (
  { list, listLately }: Estate,
  { key, listed: when }: Pick<ObserveRequest, 'key' | 'listed'>,
): Promise<Fact<readonly ConsumerFacts[]>> => {
  const listed = await (when === 'lately' ? listLately() : list());
  const { keys } = listed;
  const unreadable = listed.unreadable.filter(mayUseAny);
  const unavailable = unreadable.find((one) => one.unavailable);
  if (unavailable) throw new AzureUnavailable(unavailable.reason);
  if (unreadable.length > 0) return unknown(unreadable.map(({ reason }) => reason).join('; '));
  return present(keys.find((one) => keyId(one.key) === keyId(key))?.consumers ?? []);
};

const isThere = ({ state }: ConsumerFacts): boolean => state.kind !== 'absent';

/** The listed consumers, together with those that are not found. */
const listBeside = async (
  estate: Estate,
  key: KeyRef,
  missing: readonly ConsumerFacts[],
): Promise<Seen['consumers']> => {
  const listed = await listConsumers(estate, { key });
  if (listed.kind !== 'present') return listed;
  const ids = listed.value.map(({ id }) => id.toLowerCase());
  return present([...listed.value, ...missing.filter(({ id }) => !ids.includes(id.toLowerCase()))]);
};

const seeConsumers = async (estate: Estate, request: ObserveRequest): Promise<Seen> => {
  const { key, consumers, consumerIds } = request;
  if (consumers) return { consumers: present(consumers), goneIds: [] };
  if (!consumerIds?.length) return { consumers: await listConsumers(estate, request), goneIds: [] };
  const read = await readConsumers(estate, request, consumerIds);
  // Where all former consumers are gone, the key may still have new ones: the scopes are listed.
  if (read.consumers.kind !== 'present' || read.consumers.value.some(isThere)) return read;
  return { ...read, consumers: await listBeside(estate, key, read.consumers.value) };
};

/** A deleted identity stops its server within minutes, and stops the automatic rotation of a set. */
const isUnwell = ({ rotation, state }: ConsumerFacts): boolean =>
  rotation?.error !== undefined ||
  (state.kind === 'present' && (state.value.state === 'inaccessible' || state.value.state === 'unfamiliar'));

const withMachines = async (
  consumers: readonly ConsumerFacts[],
  { readMachines }: SharedReads,
): Promise<readonly ConsumerFacts[]> => {
  const setIds = setIdsIn(consumers);
  if (setIds.length === 0) return consumers;
  const machines = await readMachines(setIds);
  return consumers.map((one) => {
    const found = machines.get(one.id.toLowerCase());
    return found ? { ...one, machines: found } : one;
  });
};

/** The former consumers that do not exist any more, without those that only use another key now. */
const goneOf = async ({ read }: Estate, formerIds: readonly string[]): Promise<readonly string[]> => {
  const readings = await inParallel(formerIds.filter(mayBeMigrated), read);
  return readings.flatMap((one) => (one.kind === 'gone' ? [one.id] : []));
};

/**
 * The consumers of a key. Additional calls beside the consumers themselves: two for each single server that is gone,
 * which may have been migrated; one for each user-assigned identity of an inaccessible consumer, or of all consumers
 * where the caller asks for identities; two queries where the caller asks for machines.
 */
export const observeConsumers = async (
  estate: Estate,
  request: ObserveRequest,
  shared: SharedReads,
): Promise<Pick<KeyObservation, 'consumers' | 'migrated'>> => {
  const { consumers, goneIds } = await seeConsumers(estate, request);
  const former = await goneOf(estate, request.formerIds ?? []);
  const migrated = await readMigrated(estate, [...goneIds, ...former]);
  const beside = migrated.length > 0 ? { migrated } : {};
  if (consumers.kind !== 'present') return { consumers, ...beside };
  const isSuspect = request.identities ? () => true : isUnwell;
  // A consumer that Azure has migrated is not missed.
  const left = consumers.value.filter((one) => isThere(one) || !migrated.includes(migratedId(one.id) ?? ''));
  const living = await withoutLostIdentities(shared.readIdentity, left, isSuspect);
  return { consumers: present(request.machines ? await withMachines(living, shared) : living), ...beside };
};
