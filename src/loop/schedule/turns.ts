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

/**
 * `share`: the share of each quota, 0 to 1, that a run takes on average. `peak`: the share that any ten seconds may take of it,
 * `share` where missing. `periodMs`: even few keys are spread over this time.
 */
export type Pace = { readonly share: number; readonly peak?: number; readonly periodMs: number };

/**
 * Turns are at least this far apart: no window of a quota has more than two turns, and a run has no more turns than it
 * can replay well.
 */
const TURN_MS = WINDOW_MS / 2;
/** The most keys of one activity: it reads them within seconds, and their rows in one or two pages. */
const KEYS_AT_ONCE = 200;

/** Of a probe by lists, which reads no row of a key that is as a minute before, but the tags. */
export const KEYS_SPARED_AT_ONCE = 500;

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

const partsOf = (loads: readonly Load[], keysAtOnce = KEYS_AT_ONCE): number => Math.ceil(loads.length / keysAtOnce);

/** Costs of a vault, and of a subscription. */
type Costs = { readonly vault: number; readonly subscription: number };

/** The most keys of a turn, and the most that it may cost together with the turn before: a window holds two turns. */
type Room = Costs & { readonly keys: number };

/** Sums up costs by name. */
const openSums = () => {
  const sums = new Map<string, number>();
  return {
    of: (name: string): number => sums.get(name) ?? 0,
    add: (name: string, cost: number): void => void sums.set(name, (sums.get(name) ?? 0) + cost),
  };
};

type Sums = Pick<ReturnType<typeof openSums>, 'of'>;

/** What a turn costs each vault and each subscription. */
type Taken = { readonly vaults: Sums; readonly subscriptions: Sums };

const takenBefore = ({ vault, subscription }: Costs): Taken => ({
  vaults: { of: () => vault },
  subscriptions: { of: () => subscription },
});

/** Counts what a turn takes. `before`: what the turn before it has taken. */
const openTurn = (room: Room, before: Taken) => {
  let count = 0;
  const taken = { vaults: openSums(), subscriptions: openSums() };
  return {
    taken,
    hasRoomFor: ({ vault, subscription, cost }: Load): boolean =>
      count < room.keys &&
      before.vaults.of(vault) + taken.vaults.of(vault) + cost <= room.vault &&
      before.subscriptions.of(subscription) + taken.subscriptions.of(subscription) + cost <= room.subscription,
    take: ({ cost, subscription, vault }: Load): void => {
      count += 1;
      taken.vaults.add(vault, cost);
      taken.subscriptions.add(subscription, cost);
    },
    count: () => count,
  };
};

/** What half of a window has room for. */
const halfOf = ({ vault, subscription }: Costs): Costs => ({ vault: vault / 2, subscription: subscription / 2 });

/**
 * Where turns after the first one begin, among keys in the order of their rows. A turn takes at least one key, and ends with the
 * last key that fits. `before`: what counts as taken before each turn, of that which the turn before it has taken.
 */
const cut = (loads: readonly Load[], room: Room, before: (taken: Taken) => Taken): readonly number[] => {
  const beginnings: number[] = [];
  let turn = openTurn(room, takenBefore(halfOf(room)));
  for (const [at, load] of loads.entries()) {
    if (turn.count() > 0 && !turn.hasRoomFor(load)) {
      beginnings.push(at);
      turn = openTurn(room, before(turn.taken));
    }
    turn.take(load);
  }
  return beginnings;
};

/**
 * Where each turn begins. The next run may follow at once, and begins with a turn of half a window: so the last turn is cut into
 * parts that take half of one.
 */
const beginningsOf = (loads: readonly Load[], room: Room): readonly number[] => {
  const beginnings = [0, ...cut(loads, room, (taken) => taken)];
  const last = beginnings.at(-1) ?? 0;
  const parts = cut(loads.slice(last), room, () => takenBefore(halfOf(room)));
  return [...beginnings, ...parts.map((at) => last + at)];
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

/** Reads that take no longer than a quota's window are one turn. */
const turnsWithin = (spreadMs: number): number => (spreadMs <= WINDOW_MS ? 1 : Math.ceil(spreadMs / TURN_MS));

/**
 * The times at which to read which keys. Few keys are one turn at once. Where a quota needs more time, the turns take
 * more time. No two turns of a window together take more of any vault or subscription than the peak, whatever kinds of keys happen to
 * be together. Chance puts the keys of a vault unevenly over the turns: a peak above the share lets them be taken as they come,
 * while without it the fullest of many vaults would end each turn early.
 */
export const turnsOf = (unordered: readonly Load[], { share, peak = share, periodMs }: Pace): Turns => {
  const loads = unordered.toSorted((a, b) => (a.row < b.row ? -1 : 1));
  const slowest = leastMs(loads, share);
  const spreadMs = Math.max(periodMs, slowest);
  const intended = Math.max(1, Math.min(Math.max(partsOf(loads), turnsWithin(slowest)), turnsWithin(spreadMs)));
  const room = {
    keys: Math.ceil(loads.length / intended),
    vault: VAULT_READS * peak,
    subscription: SUBSCRIPTION_READS * peak,
  };
  const begins = intended === 1 ? [0] : beginningsOf(loads, room);
  // A single turn may take a whole window: the next run waits until that is over, however often the probe runs.
  const isWholeWindow = intended === 1 && slowest > TURN_MS;
  const apartMs = Math.max(isWholeWindow ? WINDOW_MS : TURN_MS, spreadMs / begins.length);
  return {
    turns: begins.map((begin, at) => ({
      afterMs: Math.ceil(at * apartMs),
      ranges: rangesBetween(loads, begin, begins[at + 1] ?? loads.length),
    })),
    lastsMs: Math.ceil(begins.length * apartMs),
  };
};

/**
 * All keys, the keys that lists cannot replace, how many calls the lists take each time, and the most keys of one activity where it
 * is not 200.
 */
export type ListedLoads = {
  readonly loads: readonly Load[];
  readonly read: readonly Load[];
  readonly calls: number;
  readonly keysAtOnce?: number;
};

/**
 * The times at which to look at which keys by lists of their vaults. Every range holds a share of every vault, so each turn reads
 * every list anew: there are as few turns as the foreseen reads allow. The worker of a part holds unforeseen reads to the quotas,
 * by its fraction of them. `undefined` where reading each key takes no more calls.
 */
export const listedTurnsOf = (
  { loads, read, calls, keysAtOnce }: ListedLoads,
  share: number,
): Turns<Part> | undefined => {
  const slowest = leastMs(read, share);
  const turns = turnsWithin(slowest);
  const isCheaper = read.length + turns * calls < loads.length;
  return isCheaper ? inTurns({ turns, parts: partsOf(loads, keysAtOnce), spreadMs: slowest }) : undefined;
};
