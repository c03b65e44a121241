import type { KeyRange, Part, Turns } from '../messages.ts';
/**
 * Routine reads of key versions are spread over time, so that what somebody else does in a vault is never throttled for
 * them. Keys are taken by ranges of their rows, which are named by a hash: every range holds its share of every vault.
 */

/**
 * A key: where its rows are among those of all keys, its vault, the subscription of that, and what reading it costs in reads of a
 * 2048-bit software key.
 */
export type Load = {
  readonly row: string;
  readonly vault: string;
  readonly subscription: string;
  readonly cost: number;
};

/** `share`: of each quota, 0 to 1. `periodMs`: what is few is still spread over so long. */
export type Pace = { readonly share: number; readonly periodMs: number };

/** Reads in ten seconds of a vault and of a subscription in a region (Microsoft Learn, Key Vault service limits). */
const WINDOW_MS = 10_000;
const VAULT_READS = 4_000;
const SUBSCRIPTION_READS = 20_000;

/** Turns are at least so far apart: no window has more than two, and a run no more than it can replay well. */
const TURN_MS = WINDOW_MS / 2;
/** What one activity reads within seconds, and its rows in one or two pages. */
const KEYS_AT_ONCE = 200;

const DIGITS = 8;
const SPACE = 16 ** DIGITS;
const FIRST = '0'.repeat(DIGITS);
/** Sorts behind every hexadecimal digit. */
const END = 'g';

const most = (loads: readonly Load[], of: (load: Load) => string): number => {
  const sums = new Map<string, number>();
  for (const load of loads) sums.set(of(load), (sums.get(of(load)) ?? 0) + load.cost);
  return [...sums.values()].reduce((a, b) => Math.max(a, b), 0);
};

/** How long the fullest vault, or the fullest subscription, takes at this share of its quota. */
const leastMs = (loads: readonly Load[], share: number): number => {
  const windows = Math.max(
    most(loads, ({ vault }) => vault) / VAULT_READS,
    most(loads, ({ subscription }) => subscription) / SUBSCRIPTION_READS,
  );
  return (windows * WINDOW_MS) / share;
};

const edge = (at: number, parts: number): string =>
  at === parts
    ? END
    : Math.floor((at * SPACE) / parts)
        .toString(16)
        .padStart(DIGITS, '0');

/** The whole table in this many ranges of about as many keys each. */
const rangesOf = (parts: number): readonly KeyRange[] =>
  Array.from({ length: parts }, (_, at) => ({ from: edge(at, parts), to: edge(at + 1, parts) }));

const besideEachOther = (ranges: readonly KeyRange[]): readonly Part[] =>
  ranges.length === 1 ? ranges : ranges.map((range) => ({ ...range, beside: ranges.length }));

type Spread = { readonly turns: number; readonly parts: number; readonly spreadMs: number };

const inTurns = ({ turns, parts, spreadMs }: Spread): Turns => {
  const each = Math.max(1, Math.ceil(parts / turns));
  const ranges = rangesOf(turns * each);
  const apartMs = Math.max(TURN_MS, spreadMs / turns);
  return {
    turns: Array.from({ length: turns }, (_, at) => ({
      afterMs: Math.ceil(at * apartMs),
      ranges: besideEachOther(ranges.slice(at * each, (at + 1) * each)),
    })),
    lastsMs: Math.ceil(turns * apartMs),
  };
};

const partsOf = (loads: readonly Load[]): number => Math.ceil(loads.length / KEYS_AT_ONCE);

/** What one turn may take: so many keys, and so much of a vault and of a subscription. */
type Room = { readonly keys: number; readonly vault: number; readonly subscription: number };

/** What a turn takes already. */
const openTurn = ({ keys, subscription, vault }: Room) => {
  let count = 0;
  const sums = new Map<string, number>();
  const inVault = (load: Load): string => `vault ${load.vault}`;
  const inSubscription = (load: Load): string => `subscription ${load.subscription}`;
  const withThis = (name: string, { cost }: Load): number => (sums.get(name) ?? 0) + cost;
  return {
    hasRoomFor: (load: Load): boolean =>
      count < keys && withThis(inVault(load), load) <= vault && withThis(inSubscription(load), load) <= subscription,
    take: (load: Load): void => {
      count += 1;
      for (const name of [inVault(load), inSubscription(load)]) sums.set(name, withThis(name, load));
    },
    count: () => count,
  };
};

/** Where each turn begins among keys in the order of their rows: it ends with the last key that it has room for, and has one at least. */
const beginningsOf = (loads: readonly Load[], room: Room): readonly number[] => {
  const beginnings = [0];
  let turn = openTurn(room);
  for (const [at, load] of loads.entries()) {
    if (turn.count() > 0 && !turn.hasRoomFor(load)) {
      beginnings.push(at);
      turn = openTurn(room);
    }
    turn.take(load);
  }
  return beginnings;
};

/** The ranges of one turn, of about as many keys each, from the first row of it to the first of the next one. */
const rangesBetween = (loads: readonly Load[], begin: number, end: number): readonly KeyRange[] => {
  const parts = Math.max(1, Math.ceil((end - begin) / KEYS_AT_ONCE));
  const edgeAt = (part: number): string => {
    const at = begin + Math.ceil(((end - begin) * part) / parts);
    return at === 0 && part === 0 ? FIRST : (loads[at]?.row.slice(0, DIGITS) ?? END);
  };
  return Array.from({ length: parts }, (_, part) => ({ from: edgeAt(part), to: edgeAt(part + 1) }));
};

/** What takes no longer than a window is one turn: the run before is over, and so is what it took. */
const turnsWithin = (spreadMs: number): number => (spreadMs <= WINDOW_MS ? 1 : Math.ceil(spreadMs / TURN_MS));

/**
 * When to read which keys. Few keys are one turn at once; what a quota takes longer for takes longer. No turn takes more of any vault
 * or subscription than its part of a window's share, whatever kinds of keys come together by chance.
 */
export const turnsOf = (unordered: readonly Load[], { share, periodMs }: Pace): Turns => {
  const loads = unordered.toSorted((a, b) => (a.row < b.row ? -1 : 1));
  const slowest = leastMs(loads, share);
  const spreadMs = Math.max(periodMs, slowest);
  const intended = Math.max(1, Math.min(Math.max(partsOf(loads), turnsWithin(slowest)), turnsWithin(spreadMs)));
  const part = intended === 1 ? 1 : TURN_MS / WINDOW_MS;
  const begins = beginningsOf(loads, {
    keys: Math.ceil(loads.length / intended),
    vault: VAULT_READS * share * part,
    subscription: SUBSCRIPTION_READS * share * part,
  });
  const apartMs = Math.max(TURN_MS, spreadMs / begins.length);
  return {
    turns: begins.map((begin, at) => ({
      afterMs: Math.ceil(at * apartMs),
      ranges: besideEachOther(rangesBetween(loads, begin, begins[at + 1] ?? loads.length)),
    })),
    lastsMs: Math.ceil(begins.length * apartMs),
  };
};

/**
 * Of each quota one turn takes half at most though not one list answers, which is so in a worker that has just begun: of
 * several turns, a window has two.
 */
const AT_WORST_ONCE = 0.5;

const turnsAtWorst = (loads: readonly Load[]): number => {
  const needed = leastMs(loads, 1) / WINDOW_MS;
  return needed <= AT_WORST_ONCE ? 1 : Math.ceil(needed / (AT_WORST_ONCE / 2));
};

/** All keys, those that lists will not answer for, and how many calls the lists take each time. */
export type ListedLoads = { readonly loads: readonly Load[]; readonly read: readonly Load[]; readonly calls: number };

/**
 * When to look at which keys by lists of their vaults. Every range holds its share of every vault, so that each turn takes every
 * list anew: as few turns as the quotas bear. `undefined` where reading each key takes no more calls.
 */
export const listedTurnsOf = ({ loads, read, calls }: ListedLoads, { share, periodMs }: Pace): Turns | undefined => {
  const slowest = leastMs(read, share);
  const turns = Math.max(turnsAtWorst(loads), Math.ceil(slowest / TURN_MS));
  const isCheaper = read.length + turns * calls < loads.length;
  return isCheaper ? inTurns({ turns, parts: partsOf(loads), spreadMs: Math.max(periodMs, slowest) }) : undefined;
};
