import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** A worker that calls Azure. `at`: when it last said so (ISO 8601). */
export type Caller = { readonly id: string; readonly at: string };

/**
 * The list of the workers that call Azure. Each worker writes a row of its own into the same table, and reads the rows
 * of the others.
 */
export type Callers = {
  say(caller: Caller): Promise<void>;
  list(): Promise<readonly Caller[]>;
};

/** Milliseconds since 1970, and how to wait. */
export type Time = { now(): number; sleep(ms: number): Promise<void> };

/**
 * This worker's part of the requests that all workers together may send. The parts of all sending workers are never more than the
 * whole, also when a worker comes, goes, sleeps or dies.
 */
export type Share = {
  /** Resolves when the worker may send: it knows how many others there are, and these know of it. */
  ready(): Promise<void>;
  /** Above 0, and up to 1. */
  fraction(): number;
  /** Since when it may use this fraction (ms since 1970): a bucket has not filled by it before. */
  since(): number;
  /** The instant since which this worker is one of the sending workers (ms since 1970): its buckets were emptied then. */
  joined(): number;
  readonly time: Time;
};

export const realTime: Time = { now: Date.now, sleep: async (ms) => void (await setTimeout(ms)) };

/** For a process beside which no other process calls Azure. */
export const wholeShare = (time: Time = realTime): Share => ({
  ready: async () => {},
  fraction: () => 1,
  since: () => 0,
  joined: () => 0,
  time,
});

/**
 * No worker sends by a count of workers that is older than this. A new worker waits for this time before it sends:
 * after that, every other worker knows of it.
 */
export const ASKS_MS = 5_000;
/** A sending worker writes its row this often: long before the other workers stop counting it, but not at each question. */
export const SAYS_MS = 30_000;
/** A worker whose row is older than this no longer counts as a sending worker, and has to join anew. */
export const LAPSES_MS = 120_000;
/** The other workers count it for longer, since their clocks may differ. */
export const COUNTED_MS = LAPSES_MS + 30_000;
/** How many workers are assumed while storage does not answer. */
const UNTOLD = 10;
/**
 * More workers than this count as this many. So a person who may write to the table, and writes rows of workers that do not
 * exist, makes looks slow but does not stop them. Where there really are more workers, Azure itself refuses the excess.
 */
const MOST_COUNTED = 100;

type Known = {
  readonly askedAt: number;
  readonly saidAt: number;
  readonly fraction: number;
  readonly since: number;
  readonly joined: number;
};

const NOTHING: Known = { askedAt: -Infinity, saidAt: -Infinity, fraction: 1 / UNTOLD, since: 0, joined: 0 };

/** The row that this worker writes for the others, and the number of the other workers. */
type Roll = { say(at: number): Promise<void>; others(): Promise<number>; readonly time: Time };

const rollOf = (callers: Callers, time: Time, id: string): Roll => ({
  say: (at) => callers.say({ id, at: new Date(at).toISOString() }),
  others: async () => {
    const isCounted = ({ id: other, at }: Caller): boolean =>
      other !== id && Math.abs(time.now() - Date.parse(at)) < COUNTED_MS;
    return (await callers.list()).filter(isCounted).length;
  },
  time,
});

const partOf = (others: number): number => 1 / Math.min(1 + others, MOST_COUNTED);

const join = async ({ others, say, time }: Roll, at: number): Promise<Known> => {
  await say(at);
  // A worker that is alone need not wait: an earlier worker has sent nothing for so long that all buckets are full again.
  if ((await others()) === 0) return { askedAt: time.now(), saidAt: at, fraction: 1, since: 0, joined: 0 };
  await time.sleep(ASKS_MS);
  const now = time.now();
  return { askedAt: now, saidAt: at, fraction: partOf(await others()), since: now, joined: now };
};

/** A time further in the future than that was written before the clock was set back: like an old time, it says nothing. */
const isWithin = (ms: number, before: number, now: number): boolean => Math.abs(now - before) <= ms;

const goOn = async ({ others, say }: Roll, known: Known, at: number): Promise<Known> => {
  const isDue = !isWithin(SAYS_MS, known.saidAt, at);
  const [count] = await Promise.all([others(), isDue ? say(at) : undefined]);
  const fraction = partOf(count);
  const saidAt = isDue ? at : known.saidAt;
  return { ...known, askedAt: at, saidAt, fraction, since: fraction > known.fraction ? at : known.since };
};

const askedAnew = async (roll: Roll, known: Known): Promise<Known> => {
  const at = roll.time.now();
  try {
    return await (!isWithin(LAPSES_MS, known.saidAt, at) ? join(roll, at) : goOn(roll, known, at));
  } catch {
    // A failed count stops no look: a worker that cannot count the others goes on with a small part.
    return { ...known, askedAt: at, fraction: Math.min(known.fraction, 1 / UNTOLD) };
  }
};

/**
 * Calls storage once in `ASKS_MS` at most, and a second time once in `SAYS_MS`. A worker that has just started makes
 * two calls, and waits.
 */
export const openShare = (callers: Callers, time: Time = realTime, id: string = randomUUID()): Share => {
  const roll = rollOf(callers, time, id);
  let known = NOTHING;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    known = await askedAnew(roll, known);
    asking = undefined;
  };
  return {
    ready: async () => {
      if (Math.abs(time.now() - known.askedAt) < ASKS_MS) return;
      asking ??= ask();
      await asking;
    },
    fraction: () => known.fraction,
    since: () => known.since,
    joined: () => known.joined,
    time,
  };
};
