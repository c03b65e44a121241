import { SUBSCRIPTION_READS, VAULT_READS, WINDOW_MS } from '../../remediation/observation/read-cost.ts';
import type { KeyRange, Part, Turns } from '../messages.ts';

/**
 * Routine reads of key versions are spread over time, so that they never cause Key Vault to throttle the customer's own
 * requests. Keys are taken by ranges of their rows, which are named by a hash: every range holds about the same share
 * of every vault.
 */

/**
 * A key: the place of its rows among those of all keys, its vault, the vault's subscription, and the cost of reading
 * it, in reads of a 2048-bit software key.
 */
export type Load = {
  readonly row: string;
  readonly vault: string;
  readonly subscription: string;
  readonly cost: number;
};

/** `share`: the share of each quota, 0 to 1. `periodMs`: even few keys are spread over this time. */
export type Pace = { readonly share: number; readonly periodMs: number };

/**
 * Turns are at least this far apart: no window of a quota has more than two turns, and a run has no more turns than it
 * can replay well.
 */
const TURN_MS = WINDOW_MS / 2;
/** The most keys of one activity: it reads them within seconds, and their rows in one or two pages. */
const KEYS_AT_ONCE = 200;

const DIGITS = 8;
const SPACE = 16 ** DIGITS;
const FIRST = '0'.repeat(DIGITS);
/** Sorts after every hexadecimal digit. */
const END = 'g';

const most = (loads: readonly Load[], of: (load: Load) => string): number => {
  const sums = new Map<string, number>();
  for (const load of loads) sums.set(of(load), (sums.get(of(load)) ?? 0) + load.cost);
  return [...sums.values()].reduce((a, b) => Math.max(a, b), 0);
};

/** How long the vault, or the subscription, with the most reads takes at this share of its quota. */
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

/** The whole table in this many ranges, each with about the same number of keys. */
const rangesOf = (parts: number): readonly KeyRange[] =>
  Array.from({ length: parts }, (_, at) => ({ from: edge(at, parts), to: edge(at + 1, parts) }));

/** A window of a quota may have the parts of several turns. */
const besideEachOther = (ranges: readonly KeyRange[], turnsInWindow = 1): readonly Part[] => {
  const beside = ranges.length * turnsInWindow;
  return beside === 1 ? ranges : ranges.map((range) => ({ ...range, beside }));
};

type Spread = { readonly turns: number; readonly parts: number; readonly spreadMs: number };

const inTurns = ({ turns, parts, spreadMs }: Spread): Turns<Part> => {
  const each = Math.max(1, Math.ceil(parts / turns));
  const ranges = rangesOf(turns * each);
  const apartMs = Math.max(TURN_MS, spreadMs / turns);
  const inWindow = turns === 1 ? 1 : WINDOW_MS / TURN_MS;
  return {
    turns: Array.from({ length: turns }, (_, at) => ({
      afterMs: Math.ceil(at * apartMs),
      ranges: besideEachOther(ranges.slice(at * each, (at + 1) * each), inWindow),
    })),
    lastsMs: Math.ceil(turns * apartMs),
  };
};

const partsOf = (loads: readonly Load[]): number => Math.ceil(loads.length / KEYS_AT_ONCE);

/** The most that one turn may take: keys, reads of one vault, and reads of one subscription. */
type Room = { readonly keys: number; readonly vault: number; readonly subscription: number };

/** Sums up costs by name. */
const openSums = () => {
  const sums = new Map<string, number>();
  const withThis = (name: string, cost: number): number => (sums.get(name) ?? 0) + cost;
  return { withThis, add: (name: string, cost: number): void => void sums.set(name, withThis(name, cost)) };
};

/** Counts what a turn takes already. */
const openTurn = (room: Room) => {
  let count = 0;
  const [vaults, subscriptions] = [openSums(), openSums()];
  return {
    hasRoomFor: ({ cost, subscription, vault }: Load): boolean =>
      count < room.keys &&
      vaults.withThis(vault, cost) <= room.vault &&
      subscriptions.withThis(subscription, cost) <= room.subscription,
    take: ({ cost, subscription, vault }: Load): void => {
      count += 1;
      vaults.add(vault, cost);
      subscriptions.add(subscription, cost);
    },
    count: () => count,
  };
};

/**
 * Where each turn begins, among keys in the order of their rows. A turn takes at least one key, and ends with the last
 * key that fits.
 */
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

/**
 * The ranges of one turn, each with about the same number of keys, from the turn's first row to the first row of the
 * next turn.
 */
const rangesBetween = (loads: readonly Load[], begin: number, end: number): readonly KeyRange[] => {
  const parts = Math.max(1, Math.ceil((end - begin) / KEYS_AT_ONCE));
  const edgeAt = (part: number): string => {
    const at = begin + Math.ceil(((end - begin) * part) / parts);
    return at === 0 && part === 0 ? FIRST : (loads[at]?.row.slice(0, DIGITS) ?? END);
  };
  return Array.from({ length: parts }, (_, part) => ({ from: edgeAt(part), to: edgeAt(part + 1) }));
};

/**
 * Reads that take no longer than a quota's window are one turn: the run before is over by then, and so is its use of
 * the quota.
 */
const turnsWithin = (spreadMs: number): number => (spreadMs <= WINDOW_MS ? 1 : Math.ceil(spreadMs / TURN_MS));

/**
 * The times at which to read which keys. Few keys are one turn at once. Where a quota needs more time, the turns take
 * more time. No turn takes more of any vault or subscription than its part of a window's share, whatever kinds of keys
 * happen to be together.
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
      ranges: rangesBetween(loads, begin, begins[at + 1] ?? loads.length),
    })),
    lastsMs: Math.ceil(begins.length * apartMs),
  };
};

/** All keys, the keys that lists cannot replace, and how many calls the lists take each time. */
export type ListedLoads = { readonly loads: readonly Load[]; readonly read: readonly Load[]; readonly calls: number };

/**
 * The times at which to look at which keys by lists of their vaults. Every range holds a share of every vault, so each turn reads
 * every list anew: there are as few turns as the foreseen reads allow. The worker of a part holds unforeseen reads to the quotas,
 * by its fraction of them. `undefined` where reading each key takes no more calls.
 */
export const listedTurnsOf = ({ loads, read, calls }: ListedLoads, share: number): Turns<Part> | undefined => {
  const slowest = leastMs(read, share);
  const turns = turnsWithin(slowest);
  const isCheaper = read.length + turns * calls < loads.length;
  return isCheaper ? inTurns({ turns, parts: partsOf(loads), spreadMs: slowest }) : undefined;
};
