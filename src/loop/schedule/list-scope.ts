import type { ConsumerListing } from '../../azure/consumers/list-consumers.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId, keyOf } from '../../remediation/model/key-ref.ts';
import { isMoved } from '../../remediation/observation/believed-absence.ts';
import { inSight, type Place } from '../../remediation/observation/places.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { type Listing, rememberListed } from '../memory/remember-consumers.ts';
import type { SweepRange, Turn } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { beginSweep } from './begin-sweep.ts';
import { followSubscriptions, placesGivenUp } from './follow-subscriptions.ts';
import { planSweep } from './plan-turns.ts';
import { recallable } from './recallable.ts';
import { reportForeign, reportMoved, reportReadOnly, reportUnreadable } from './report-unreadable.ts';
import { severalAtOnce } from './several-at-once.ts';
import { SWEEPS_PART, SWEEPS_PEAK } from './sweep-pace.ts';
import { watchOwnAssignments } from './watch-own-access.ts';

/**
 * The most keys without a finding with impact that one sweep wakes only to record them. A first look takes two to three ARM
 * reads, and an estate of 10,000 keys must not use up the reads that a repair needs.
 */
const LOOKS = 500;

/** The most vaults whose dependents one sweep reads, with four ARM reads each: 300 vaults in an hour. */
const SNAPSHOTS = 25;

/** The most rows that are written at once. */
const AT_ONCE = 16;

type Known = Pick<KeyState, 'keyId' | 'consumers'>;
type Listed = ReadonlyMap<string, readonly ConsumerFacts[]>;

/**
 * The recorded consumers of each key, one key after the other. Rows that do not name their key are reported, and do not keep
 * other keys from being looked at.
 */
async function* readKnown(guardian: Guardian): AsyncGenerator<KeyState['consumers']> {
  const damaged = new Set<string>();
  const rows = guardian.store.keyRows.listConsumers((partition) => damaged.add(partition));
  for await (const { consumers } of rows) yield consumers;
  const reason =
    'they say of no key that they are its; delete them from the table of keys, and the next sweep makes them anew';
  await reportUnreadable(
    guardian,
    [...damaged].map((partition) => ({ id: `the rows of the partition ${partition}`, reason })),
  );
}

/**
 * Keys that have lost their last consumer: no sweep looks at them again, and people may have to be told what happened
 * to that consumer. An incomplete list says that a key has lost it only where the place of every consumer is given up.
 */
export const abandoned = (
  known: readonly Pick<KeyState, 'keyId' | 'consumers'>[],
  listed: ReadonlyMap<string, unknown>,
  { isComplete, isGivenUp = () => false }: Pick<Listing, 'isComplete' | 'isGivenUp'>,
): readonly KeyRef[] =>
  known.flatMap(({ keyId: id, consumers }) => {
    const lost = consumers?.consumers ?? [];
    const isLost = lost.length > 0 && !listed.has(id) && (isComplete || lost.every((one) => isGivenUp(one.id)));
    return isLost ? [keyOf(id)] : [];
  });

type Move = { readonly id: string; readonly reason: string };

/** Consumers that the list shows under another id: kind, name and identity are the same. `there`: the ids of all that it shows. */
export const movesIn = (
  {
    keyId: id,
    consumers,
  }: { readonly keyId: string; readonly consumers?: Pick<NonNullable<KeyState['consumers']>, 'consumers'> | undefined },
  listed: Listed,
  there: ReadonlySet<string>,
): readonly Move[] =>
  (consumers?.consumers ?? []).flatMap((was) => {
    const now = there.has(was.id.toLowerCase()) ? undefined : listed.get(id)?.find(isMoved(was));
    return now ? [{ id: was.id, reason: now.id }] : [];
  });

/** ARM ids, lower-cased, of all that is listed as a user of some key. */
export const idsListed = (listed: Listed): ReadonlySet<string> =>
  new Set([...listed.values()].flatMap((consumers) => consumers.map(({ id }) => id.toLowerCase())));

/**
 * Records the consumers of each key, also where a key has no consumers any more, a few keys at a time: the keys of a big estate do
 * not fit into memory twice. A key that has lost its last consumer is woken before the row forgets that consumer.
 */
const rememberAll = async (
  guardian: Guardian,
  durable: Durable,
  { listed, there }: { readonly listed: Listed; readonly there: ReadonlySet<string> },
  listing: Listing,
): Promise<void> => {
  const unknown = new Set(listed.keys());
  const moves = new Map<string, Move>();
  const remember = (one: Known) => rememberListed(guardian, one, listed.get(one.keyId) ?? [], listing);
  await severalAtOnce(guardian.store.keyRows.listConsumers(), AT_ONCE, async (one) => {
    for (const move of movesIn(one, listed, there)) moves.set(move.id, move);
    await wakeAll(durable, abandoned([one], listed, listing));
    await remember(one);
    unknown.delete(one.keyId);
  });
  await severalAtOnce(unknown, AT_ONCE, (id) => remember({ keyId: id, consumers: undefined }));
  await reportMoved(guardian, [...moves.values()]);
};

type Unreadable = ConsumerListing['unreadable'];

/** The ids of all consumers that were read, of any key. */
const idsRead = (there: ReadonlySet<string>, unreadable: Unreadable): ReadonlySet<string> =>
  new Set([...there, ...unreadable.flatMap(({ id, namesNoKey }) => (namesNoKey ? id.toLowerCase() : []))]);

/** What Azure has shown of the scopes. `listed`: a consumer whose place contradicts it is there with an unknown state. */
type Shown = Pick<ConsumerListing, 'unreadable' | 'pinsRead'> & {
  readonly listed: Listed;
  readonly places: readonly Place[];
};

const readScope = async (guardian: Guardian, now: Date): Promise<Shown> => {
  const recalled = await recallable(readKnown(guardian), now);
  const { keys, unreadable, pinsRead } = await guardian.azure.listConsumers(recalled);
  const places = await guardian.azure.readPlaces(keys.flatMap(({ consumers }) => consumers.map(({ id }) => id)));
  const see = inSight(places);
  const listed = new Map(keys.map(({ key, consumers }) => [keyId(key), consumers.map(see)]));
  return { listed, unreadable, pinsRead, places };
};

const reportShown = async (guardian: Guardian, { listed, unreadable, places }: Shown): Promise<void> => {
  // Where no scope could be listed, the sweep has not looked.
  if (listed.size > 0 || unreadable.length === 0)
    await guardian.store.beats.beat('sweepListed', new Date().toISOString());
  await guardian.store.records.countKeys(listed.size);
  await reportUnreadable(guardian, unreadable);
  await reportReadOnly(guardian, places);
  await reportForeign(guardian, places);
};

/**
 * Lists every consumer in scope, and records the news in the rows of the keys. All that was listed is let go at the end: the plan
 * is made from the rows.
 */
const rememberScope = async (guardian: Guardian, durable: Durable, now: Date): Promise<void> => {
  const listedAt = now.toISOString();
  const shown = await readScope(guardian, now);
  await reportShown(guardian, shown);
  await watchOwnAssignments(guardian);
  const { listed, unreadable, pinsRead } = shown;
  const there = idsListed(listed);
  const hidden = unreadable.filter(({ namesNoKey }) => namesNoKey !== true);
  await rememberAll(
    guardian,
    durable,
    { listed, there },
    {
      hidden,
      ids: idsRead(there, unreadable),
      isComplete: hidden.length === 0,
      listedAt,
      pinsRead: new Set(pinsRead),
      isGivenUp: await placesGivenUp(guardian, now),
    },
  );
};

/**
 * Lists every consumer in scope, records the news in the rows of the keys, and plans when to look at which key. Keys
 * that have lost their last consumer are woken before that consumer is forgotten.
 */
export const listScope = async (guardian: Guardian, durable: Durable): Promise<readonly Turn<SweepRange>[]> => {
  const now = new Date();
  await beginSweep(guardian, now);
  await followSubscriptions(guardian, now);
  // Not waited for: where that hangs, the keys that need no roles are looked at all the same.
  void guardian.azure.readAhead();
  await rememberScope(guardian, durable, now);
  const { quotaShare } = guardian.settings;
  const pace = { share: quotaShare * SWEEPS_PART, peak: quotaShare * SWEEPS_PEAK, periodMs: 0 };
  const { turns } = await planSweep(guardian, pace);
  const count = turns.reduce((sum, { ranges }) => sum + ranges.length, 0);
  const quota = { looks: Math.ceil(LOOKS / count), snapshots: Math.ceil(SNAPSHOTS / count) };
  return turns.map(({ afterMs, ranges }) => ({ afterMs, ranges: ranges.map((range) => ({ ...range, ...quota })) }));
};
