import type { ConsumerListing } from '../../azure/consumers/estate.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId, keyOf } from '../../remediation/model/key-ref.ts';
import { isMoved } from '../../remediation/observation/believed-absence.ts';
import { inSight } from '../../remediation/observation/places.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { type Listing, rememberListed } from '../memory/remember-consumers.ts';
import type { SweepRange, Turn } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { beginSweep } from './begin-sweep.ts';
import { followSubscriptions } from './follow-subscriptions.ts';
import { planTurns } from './plan-turns.ts';
import { recallable } from './recallable.ts';
import { reportMoved, reportReadOnly, reportUnreadable } from './report-unreadable.ts';
import { watchOwnAssignments } from './watch-own-access.ts';

/** The sweep's part of the product's share of each quota. The probe takes the rest. */
const SWEEPS_PART = 0.2;

/**
 * The most keys without a harmful finding that one sweep wakes only to record them. A first look takes two to three ARM
 * reads, and an estate of 10,000 keys must not use up the reads that a repair needs.
 */
const LOOKS = 500;

/** The most vaults whose dependents one sweep reads, with four ARM reads each: 300 vaults in an hour. */
const SNAPSHOTS = 25;

/** The most rows that are written at once. */
const AT_ONCE = 16;

/** Rows that do not name their key are reported, and do not keep other keys from being looked at. */
const readKnown = async (guardian: Guardian): Promise<ReadonlyMap<string, KeyState['consumers']>> => {
  const known = new Map<string, KeyState['consumers']>();
  const damaged = new Set<string>();
  const listed = guardian.store.keyRows.listConsumers((partition) => damaged.add(partition));
  for await (const { keyId: id, consumers } of listed) known.set(id, consumers);
  const reason =
    'they say of no key that they are its; delete them from the table of keys, and the next sweep makes them anew';
  await reportUnreadable(
    guardian,
    [...damaged].map((partition) => ({ id: `the rows of the partition ${partition}`, reason })),
  );
  return known;
};

/** Records the consumers of each key, also where a key has no consumers any more. */
const rememberAll = async (
  guardian: Guardian,
  known: ReadonlyMap<string, KeyState['consumers']>,
  listed: ReadonlyMap<string, readonly ConsumerFacts[]>,
  listing: Listing,
): Promise<void> => {
  const ids = [...new Set([...listed.keys(), ...known.keys()])];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    await Promise.all(
      ids
        .slice(start, start + AT_ONCE)
        .map((id) => rememberListed(guardian, { keyId: id, consumers: known.get(id) }, listed.get(id) ?? [], listing)),
    );
  }
};

/**
 * Keys that have lost their last consumer: no sweep looks at them again, and people may have to be told what happened
 * to that consumer.
 */
const abandoned = (
  known: ReadonlyMap<string, KeyState['consumers']>,
  listed: ReadonlyMap<string, readonly ConsumerFacts[]>,
): readonly KeyRef[] =>
  [...known].flatMap(([id, one]) => (one?.consumers.length && !listed.has(id) ? [keyOf(id)] : []));

/** Consumers that the list shows under another id: kind, name and identity are the same. */
export const movesIn = (
  known: ReadonlyMap<string, Pick<NonNullable<KeyState['consumers']>, 'consumers'> | undefined>,
  listed: ReadonlyMap<string, readonly ConsumerFacts[]>,
): readonly { readonly id: string; readonly reason: string }[] => {
  const there = new Set([...listed.values()].flat().map(({ id }) => id.toLowerCase()));
  const moves = new Map<string, string>();
  for (const [id, one] of known)
    for (const was of one?.consumers ?? []) {
      const now = there.has(was.id.toLowerCase()) ? undefined : listed.get(id)?.find(isMoved(was));
      if (now) moves.set(was.id, now.id);
    }
  return [...moves].map(([id, reason]) => ({ id, reason }));
};

/** The ids of all consumers that were read, of any key. */
const idsIn = (keys: ConsumerListing['keys'], unreadable: ConsumerListing['unreadable']): ReadonlySet<string> =>
  new Set(
    [...keys.flatMap(({ consumers }) => consumers), ...unreadable.filter(({ namesNoKey }) => namesNoKey)].map(
      ({ id }) => id.toLowerCase(),
    ),
  );

/**
 * Lists every consumer in scope, records the news in the rows of the keys, and plans when to look at which key. Keys
 * that have lost their last consumer are woken before that consumer is forgotten.
 */
export const listScope = async (guardian: Guardian, durable: Durable): Promise<readonly Turn<SweepRange>[]> => {
  const now = new Date();
  await beginSweep(guardian, now);
  await followSubscriptions(guardian, now);
  const listedAt = now.toISOString();
  const known = await readKnown(guardian);
  const {
    keys: listedKeys,
    unreadable,
    pinsRead,
  } = await guardian.azure.listConsumers(recallable([...known.values()], now));
  const places = await guardian.azure.readPlaces(listedKeys.flatMap(({ consumers }) => consumers.map(({ id }) => id)));
  const keys = listedKeys.map(({ key, consumers }) => ({ key, consumers: consumers.map(inSight(places)) }));
  // Where no scope could be listed, the sweep has not looked.
  if (keys.length > 0 || unreadable.length === 0)
    await guardian.store.beats.beat('sweepListed', new Date().toISOString());
  await guardian.store.records.countKeys(keys.length);
  await reportUnreadable(guardian, unreadable);
  await reportReadOnly(guardian, places);
  await watchOwnAssignments(guardian);
  const listed = new Map(keys.map(({ key, consumers }) => [keyId(key), consumers]));
  await reportMoved(guardian, movesIn(known, listed));
  const hidden = unreadable.filter(({ namesNoKey }) => namesNoKey !== true);
  const isComplete = hidden.length === 0;
  if (isComplete) await wakeAll(durable, abandoned(known, listed));
  await rememberAll(guardian, known, listed, {
    hidden,
    ids: idsIn(keys, unreadable),
    isComplete,
    listedAt,
    pinsRead: new Set(pinsRead),
  });
  const share = guardian.settings.quotaShare * SWEEPS_PART;
  const { turns } = await planTurns(guardian, { share, periodMs: 0 });
  const count = turns.reduce((sum, { ranges }) => sum + ranges.length, 0);
  const quota = { looks: Math.ceil(LOOKS / count), snapshots: Math.ceil(SNAPSHOTS / count) };
  return turns.map(({ afterMs, ranges }) => ({ afterMs, ranges: ranges.map((range) => ({ ...range, ...quota })) }));
};
