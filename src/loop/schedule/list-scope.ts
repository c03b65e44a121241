import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId, keyOf } from '../../remediation/model/key-ref.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { type Listing, rememberListed } from '../memory/remember-consumers.ts';
import type { SweepRange, Turn } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { beginSweep } from './begin-sweep.ts';
import { planTurns } from './plan-turns.ts';
import { recallable } from './recallable.ts';
import { reportUnreadable } from './report-unreadable.ts';

/** The part of the quotas' share that a sweep takes; the probe takes the rest. */
const SWEEPS_PART = 0.2;

/**
 * Keys of which there is nothing to heal, but something to record, that one sweep wakes: a first look takes two to three
 * ARM reads, and an estate of 10,000 keys must not empty the bucket in which a repair has to find its own.
 */
const LOOKS = 500;

/** Vaults of which one sweep reads what hangs on them, with four ARM reads each: 300 in an hour. */
const SNAPSHOTS = 25;

/** So many rows are written at once. */
const AT_ONCE = 16;

const readKnown = async ({ store }: Guardian): Promise<ReadonlyMap<string, KeyState['consumers']>> => {
  const known = new Map<string, KeyState['consumers']>();
  for await (const { keyId: id, consumers } of store.keyRows.listConsumers()) known.set(id, consumers);
  return known;
};

/** Keeps who uses which key, and that nobody uses it any more. */
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

/** Keys that nobody uses any more: no sweep looks at them again, and what became of their last consumer may be to tell. */
const abandoned = (
  known: ReadonlyMap<string, KeyState['consumers']>,
  listed: ReadonlyMap<string, readonly ConsumerFacts[]>,
): readonly KeyRef[] =>
  [...known].flatMap(([id, one]) => (one?.consumers.length && !listed.has(id) ? [keyOf(id)] : []));

/**
 * Lists every consumer in scope, keeps what is new in the rows of their keys, and says when to look at which of those. Keys
 * that have lost their last consumer are woken before that is forgotten.
 */
export const listScope = async (guardian: Guardian, durable: Durable): Promise<readonly Turn<SweepRange>[]> => {
  const now = new Date();
  await beginSweep(guardian, now);
  const listedAt = now.toISOString();
  const known = await readKnown(guardian);
  const { keys, unreadable, pinsRead } = await guardian.azure.listConsumers(recallable([...known.values()], now));
  await guardian.store.records.countKeys(keys.length);
  await reportUnreadable(guardian, unreadable);
  const listed = new Map(keys.map(({ key, consumers }) => [keyId(key), consumers]));
  if (unreadable.length === 0) await wakeAll(durable, abandoned(known, listed));
  await rememberAll(guardian, known, listed, {
    isComplete: unreadable.length === 0,
    listedAt,
    pinsRead: new Set(pinsRead),
  });
  const share = guardian.settings.quotaShare * SWEEPS_PART;
  const { turns } = await planTurns(guardian, { share, periodMs: 0 });
  const count = turns.reduce((sum, { ranges }) => sum + ranges.length, 0);
  const quota = { looks: Math.ceil(LOOKS / count), snapshots: Math.ceil(SNAPSHOTS / count) };
  return turns.map(({ afterMs, ranges }) => ({ afterMs, ranges: ranges.map((range) => ({ ...range, ...quota })) }));
};
