import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { ListedKey } from '../../remediation/observation/unchanged.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { RATION_USED_UP } from '../http/ration.ts';
import type { KeyList } from './list-keys.ts';

/** The keys of a vault by name. */
export type ListedKeys = ReadonlyMap<string, ListedKey>;

export type VaultLists = {
  /**
   * The keys of a vault. `undefined` where the list was refused, failed, or costs more calls than it saves; that says
   * nothing about any key. `saves`: how many reads of keys the list would save. `ageMs`: the age up to which an earlier
   * list is used again. Callers that ask while a list is being read get that same list.
   */
  list(vault: VaultFacts, saves: () => number, ageMs: number): Promise<ListedKeys | undefined>;
  /** How many calls the next list would take where it saves `saves` reads; `undefined` where there would be no list. */
  price(host: string, saves: number): number | undefined;
};

/** A refused list is not tried again within this time. */
const REFUSED_MS = 600_000;
/** A failed list is not tried again within this time, or within the longer time that Azure asks for. */
const FAILED_MS = 10_000;
/**
 * The pause after a list that fails again is longer than the pause before by this factor: each try costs calls, and the
 * keys have to be read one by one anyway.
 */
const LONGER = 6;
/**
 * A list that takes longer than this is given up, and counts as refused: during the list no key of the vault is looked
 * at.
 */
const LONGEST_MS = 60_000;
/** The number of a vault's pages is believed for this time. */
const COUNTED_MS = 3_600_000;
/** Keys on a page of the data plane: the assumed cost of a list that was never read. */
const PAGE = 25;

/** `endedAt` is left out while it is made. */
type Asked = { readonly at: number; readonly endedAt?: number; readonly keys: Promise<ListedKeys | undefined> };

/** The memory of this process about the lists of a vault. Times in ms since 1970. */
type Known = {
  readonly asked?: Asked;
  /** By the index of each way to list. */
  readonly ways: Readonly<Record<number, KnownWay>>;
};

/**
 * `restsUntil`: until when no list is tried, after a refusal or a failure. `failedMs`: the length of the last pause for
 * a failure, 0 after a list that did not fail. `pages`: how many pages the next list is expected to have.
 */
type KnownWay = {
  readonly restsUntil?: number;
  readonly failedMs?: number;
  readonly pages?: { readonly count: number; readonly until: number };
};

/** A list with a time in the future has an unknown age, because a clock was set back: it is not fresh. */
const isFresh = ({ at, endedAt }: Asked, ageMs: number): boolean =>
  Date.now() >= at && (endedAt === undefined || Date.now() - endedAt < ageMs);

/** A key that a list shows twice with different facts has changed between two pages: it is read by itself. */
const collect = (pages: readonly (readonly (ListedKey & { readonly name: string })[])[]): ListedKeys => {
  const keys = new Map<string, ListedKey>();
  const doubtful = new Set<string>();
  for (const { name, ...listed } of pages.flat()) {
    const before = keys.get(name);
    if (before && JSON.stringify(before) !== JSON.stringify(listed)) doubtful.add(name);
    keys.set(name, listed);
  }
  for (const name of doubtful) keys.delete(name);
  return keys;
};

type Told =
  | { readonly kind: 'listed'; readonly keys: ListedKeys; readonly pages: number }
  | { readonly kind: 'dear'; readonly pages: number }
  | { readonly kind: 'refused' }
  /** The product has no request left for it, and has sent none. */
  | { readonly kind: 'overRation'; readonly askedMs: number }
  | { readonly kind: 'failed'; readonly askedMs: number };

/** Ends as soon as the list has cost as many calls as it could save, or takes too long. */
const tell = async (way: KeyList, vault: VaultFacts, saves: number): Promise<Told> => {
  const pages: (readonly (ListedKey & { readonly name: string })[])[] = [];
  const begunAt = Date.now();
  try {
    for await (const page of way(vault)) {
      if (pages.push(page) >= saves) return { kind: 'dear', pages: pages.length };
      if (Date.now() - begunAt > LONGEST_MS) return { kind: 'refused' };
    }
    return { kind: 'listed', keys: collect(pages), pages: pages.length };
  } catch (error) {
    const failure = toFailure(error);
    const is = classify(failure);
    if (is !== 'transient' && is !== 'busy') return { kind: 'refused' };
    const askedMs = failure.retryAfterMs ?? 0;
    return { kind: failure.code === RATION_USED_UP && pages.length === 0 ? 'overRation' : 'failed', askedMs };
  }
};

/** The memory about each vault by host, and about each way to list it. */
type Notes = {
  of(host: string): Known;
  ask(host: string, asked: Asked): void;
  learn(host: string, way: number, news: KnownWay): void;
};

const openNotes = (): Notes => {
  const vaults = new Map<string, Known>();
  const of = (host: string): Known => vaults.get(host) ?? { ways: {} };
  return {
    of,
    ask: (host, asked) => void vaults.set(host, { ...of(host), asked }),
    learn: (host, way, news) => {
      const { ways, ...others } = of(host);
      vaults.set(host, { ...others, ways: { ...ways, [way]: { ...ways[way], ...news } } });
    },
  };
};

/**
 * How many calls a list by this way takes; `undefined` where this way is paused, or takes as many calls as it saves.
 */
const priceOf = ({ pages, restsUntil = 0 }: KnownWay, saves: number): number | undefined => {
  if (restsUntil > Date.now()) return undefined;
  const cost = pages !== undefined && pages.until > Date.now() ? pages.count : Math.ceil(saves / PAGE);
  return cost < saves ? cost : undefined;
};

/** A list that was given up has more pages than it would have saved reads: nobody knows how many. */
const TIMES_DEARER = 2;

/** The new memory of a way to list a vault, from its result and the former memory. */
const newsOf = (told: Told, { failedMs = 0 }: KnownWay): KnownWay => {
  const now = Date.now();
  if (told.kind === 'refused') return { restsUntil: now + REFUSED_MS };
  // Another try costs nothing either. A longer pause would leave requests unused that the product has by then.
  if (told.kind === 'overRation') return { restsUntil: now + Math.min(told.askedMs, REFUSED_MS) };
  if (told.kind === 'failed') {
    const forMs = Math.min(Math.max(told.askedMs, FAILED_MS, failedMs * LONGER), REFUSED_MS);
    return { restsUntil: now + forMs, failedMs: forMs };
  }
  const count = told.kind === 'dear' ? told.pages * TIMES_DEARER : told.pages;
  return { failedMs: 0, pages: { count, until: now + COUNTED_MS } };
};

/**
 * Lists by the first of these ways that answers. Where a way is refused, fails, or is over its ration, the next way is
 * tried, if it still takes fewer calls than reading the keys one by one.
 */
export const openVaultLists = (ways: readonly KeyList[]): VaultLists => {
  const notes = openNotes();
  const priceBy = (host: string, way: number, saves: number): number | undefined =>
    priceOf(notes.of(host).ways[way] ?? {}, saves);
  const listNow = async (vault: VaultFacts, host: string, saves: number): Promise<ListedKeys | undefined> => {
    for (const [at, way] of ways.entries()) {
      if (priceBy(host, at, saves) === undefined) continue;
      const told = await tell(way, vault, saves);
      notes.learn(host, at, newsOf(told, notes.of(host).ways[at] ?? {}));
      if (told.kind === 'listed') return told.keys;
    }
    return undefined;
  };
  return {
    price: (host, saves) =>
      ways.map((_way, at) => priceBy(host, at, saves)).find((calls): calls is number => calls !== undefined),
    list: (vault, saves, ageMs) => {
      const host = new URL(vault.uri).host.toLowerCase();
      const { asked } = notes.of(host);
      if (asked && isFresh(asked, ageMs)) return asked.keys;
      const at = Date.now();
      const keys = listNow(vault, host, saves()).finally(() => {
        if (notes.of(host).asked?.keys === keys) notes.ask(host, { at, endedAt: Date.now(), keys });
      });
      notes.ask(host, { at, keys });
      return keys;
    },
  };
};
