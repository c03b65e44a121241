import { type ConsumerFacts, type Fact, type KeyObservation, present, unknown } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { cachedBy } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { once } from '../connection/once.ts';
import { usesOf } from '../consumers/consumer-type.ts';
import type { Estate } from '../consumers/estate.ts';
import type { MachinesBySet } from '../consumers/machines.ts';
import { mayBeMigrated, readMigrated } from '../consumers/migrated.ts';
import { type UserIdentity, withoutLostIdentities } from '../consumers/user-identities.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { ObserveRequest } from './observe-request.ts';

/** What the keys of one observation have in common: nothing is read twice for them. */
export type SharedReads = {
  readonly readIdentity: (id: string) => Promise<Fact<UserIdentity>>;
  readonly readMachines: (setIds: readonly string[]) => Promise<MachinesBySet>;
};

const setIdsIn = (consumers: readonly ConsumerFacts[]): readonly string[] =>
  consumers.flatMap(({ id, kind }) => (profileOf(kind).hasMachines ? [id.toLowerCase()] : []));

/** Machines of all sets that are known when the observation begins are read in one go. */
export const shareReads = (estate: Estate, requests: readonly ObserveRequest[]): SharedReads => {
  const known = requests.flatMap(({ consumers = [], machines }) => (machines ? setIdsIn(consumers) : []));
  const ofKnown = once(() => estate.readMachines(known));
  return {
    readIdentity: cachedBy(estate.readIdentity),
    readMachines: (setIds) => (setIds.every((id) => known.includes(id)) ? ofKnown() : estate.readMachines(setIds)),
  };
};

type Seen = { readonly consumers: Fact<readonly ConsumerFacts[]>; readonly goneIds: readonly string[] };

/** The consumers of these ids that pin this key. One that is gone, or has left the key, is none of it any more. */
const readConsumers = async ({ read }: Estate, key: KeyRef, ids: readonly string[]): Promise<Seen> => {
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const readings = await inParallel(distinct, read);
  const goneIds = readings.flatMap((one) => (one.kind === 'gone' ? [one.id] : []));
  const blind = readings.find((one) => one.kind === 'unknown');
  if (blind?.kind === 'unknown') return { consumers: unknown(blind.reason), goneIds };
  const uses = readings.flatMap((one) => (one.kind === 'consumer' ? usesOf(one) : []));
  return { consumers: present(uses.filter(({ pinned }) => keyId(pinned.key) === keyId(key))), goneIds };
};

const listConsumers = async ({ list }: Estate, key: KeyRef): Promise<Fact<readonly ConsumerFacts[]>> => {
  const { keys, unreadable } = await list();
  const unavailable = unreadable.find((one) => one.unavailable);
  if (unavailable) throw new AzureUnavailable(unavailable.reason);
  if (unreadable.length > 0) return unknown(unreadable.map(({ reason }) => reason).join('; '));
  return present(keys.find((one) => keyId(one.key) === keyId(key))?.consumers ?? []);
};

const seeConsumers = async (estate: Estate, { key, consumers, consumerIds }: ObserveRequest): Promise<Seen> => {
  if (consumers) return { consumers: present(consumers), goneIds: [] };
  if (!consumerIds?.length) return { consumers: await listConsumers(estate, key), goneIds: [] };
  const read = await readConsumers(estate, key, consumerIds);
  // That those are gone that once used it does not tell that nobody does.
  const isNone = read.consumers.kind === 'present' && read.consumers.value.length === 0;
  return isNone ? { ...read, consumers: await listConsumers(estate, key) } : read;
};

/** An identity that is gone stops its server within minutes, and the automatic rotation of a set. */
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

/** Those of the former consumers that are gone, and not only gone over to another key. */
const goneOf = async ({ read }: Estate, formerIds: readonly string[]): Promise<readonly string[]> => {
  const readings = await inParallel(formerIds.filter(mayBeMigrated), read);
  return readings.flatMap((one) => (one.kind === 'gone' ? [one.id] : []));
};

/**
 * Who uses a key. Beside the consumers themselves costs: two calls for each single server that is gone, which may have been
 * migrated; one for each user-assigned identity of a consumer that is inaccessible, or of all where they are asked for; two queries
 * where machines are asked for.
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
  const living = await withoutLostIdentities(shared.readIdentity, consumers.value, isSuspect);
  return { consumers: present(request.machines ? await withMachines(living, shared) : living), ...beside };
};
