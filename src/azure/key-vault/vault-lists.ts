import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { ListedKey } from '../../remediation/observation/unchanged.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import type { KeyList } from './list-keys.ts';

/** The keys of a vault by name, from a list that is at most ten seconds old. */
export type ListedKeys = ReadonlyMap<string, ListedKey>;

export type VaultLists = {
  /**
   * The keys of a vault. `undefined` where the list was refused, failed, or costs more calls than it saves, which says
   * nothing about any key. `saves`: how many reads of keys the list would save.
   */
  list(vault: VaultFacts, saves: () => number): Promise<ListedKeys | undefined>;
  /** How many calls the next list would take that saves so many reads; `undefined` where there would be no list. */
  price(host: string, saves: number): number | undefined;
};

/** A list serves the looks of one turn for this time. */
const FRESH_MS = 10_000;
/** A refused list is not tried again within this time. */
const REFUSED_MS = 600_000;
/** A failed list is not tried again within this time, which is also the longest wait, where Azure gives no time. */
const FAILED_MS = 10_000;
/** The number of a vault's pages is believed for this time. */
const COUNTED_MS = 3_600_000;
/** Keys on a page of the data plane: the assumed cost of a list that was never read. */
const PAGE = 25;

/** The memory of this process about the lists of a vault. Times in ms since 1970. */
type Known = {
  readonly asked?: { readonly at: number; readonly keys: Promise<ListedKeys | undefined> };
  readonly restsUntil?: number;
  /** By the index of each way to list. */
  readonly refusedUntil?: Readonly<Record<number, number>>;
  /** The least number of pages. */
  readonly pages?: { readonly count: number; readonly until: number };
};

/** A list with a time in the future has an unknown age, because a clock was set back: it is not fresh. */
const isFresh = ({ at }: NonNullable<Known['asked']>): boolean => Date.now() >= at && Date.now() - at < FRESH_MS;

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
  | { readonly kind: 'failed'; readonly forMs: number };

/** Ends as soon as the list has cost as many calls as it could save. */
const tell = async (way: KeyList, vault: VaultFacts, saves: number): Promise<Told> => {
  const pages: (readonly (ListedKey & { readonly name: string })[])[] = [];
  try {
    for await (const page of way(vault)) {
      if (pages.push(page) >= saves) return { kind: 'dear', pages: pages.length };
    }
    return { kind: 'listed', keys: collect(pages), pages: pages.length };
  } catch (error) {
    const failure = toFailure(error);
    const is = classify(failure);
    if (is !== 'transient' && is !== 'busy') return { kind: 'refused' };
    const forMs = Math.min(Math.max(failure.retryAfterMs ?? 0, FAILED_MS), REFUSED_MS);
    return { kind: 'failed', forMs };
  }
};

/** The memory about each vault by host, and what it allows now. */
type Notes = {
  of(host: string): Known;
  learn(host: string, news: Partial<Known>): void;
  isRefused(host: string, way: number): boolean;
  rests(host: string): boolean;
};

const openNotes = (): Notes => {
  const vaults = new Map<string, Known>();
  const of = (host: string): Known => vaults.get(host) ?? {};
  return {
    of,
    learn: (host, news) => void vaults.set(host, { ...of(host), ...news }),
    isRefused: (host, way) => (of(host).refusedUntil?.[way] ?? 0) > Date.now(),
    rests: (host) => (of(host).restsUntil ?? 0) > Date.now(),
  };
};

const priceOf = ({ pages }: Known, saves: number): number | undefined => {
  const cost = pages !== undefined && pages.until > Date.now() ? pages.count : Math.ceil(saves / PAGE);
  return cost < saves ? cost : undefined;
};

/** The memory that follows from the result of this way to list a vault. */
const newsOf = ({ refusedUntil }: Known, way: number, told: Told): Partial<Known> => {
  const now = Date.now();
  if (told.kind === 'refused') return { refusedUntil: { ...refusedUntil, [way]: now + REFUSED_MS } };
  if (told.kind === 'failed') return { restsUntil: now + told.forMs };
  return { pages: { count: told.pages, until: now + COUNTED_MS } };
};

/** Lists by the first of these ways that is not refused. */
export const openVaultLists = (ways: readonly KeyList[]): VaultLists => {
  const notes = openNotes();
  const price: VaultLists['price'] = (host, saves) => {
    const isShut = notes.rests(host) || ways.every((_way, at) => notes.isRefused(host, at));
    return isShut ? undefined : priceOf(notes.of(host), saves);
  };
  const listNow = async (vault: VaultFacts, host: string, saves: number): Promise<ListedKeys | undefined> => {
    if (price(host, saves) === undefined) return undefined;
    for (const [at, way] of ways.entries()) {
      if (notes.isRefused(host, at)) continue;
      const told = await tell(way, vault, saves);
      notes.learn(host, newsOf(notes.of(host), at, told));
      // After a refusal the next way is tried.
      if (told.kind !== 'refused') return told.kind === 'listed' ? told.keys : undefined;
    }
    return undefined;
  };
  return {
    price,
    list: (vault, saves) => {
      const host = new URL(vault.uri).host.toLowerCase();
      const { asked } = notes.of(host);
      if (asked && isFresh(asked)) return asked.keys;
      const keys = listNow(vault, host, saves());
      notes.learn(host, { asked: { at: Date.now(), keys } });
      return keys;
    },
  };
};
