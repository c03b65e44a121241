import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { ListedKey } from '../../remediation/observation/unchanged.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import type { KeyList } from './list-keys.ts';

/** The keys of a vault by name, as a list showed them at most ten seconds ago. */
export type ListedKeys = ReadonlyMap<string, ListedKey>;

export type VaultLists = {
  /**
   * The keys of a vault; `undefined` where that was refused, has failed or costs more calls than it saves, which says nothing
   * of any key. `saves`: how many reads of keys it would save.
   */
  list(vault: VaultFacts, saves: () => number): Promise<ListedKeys | undefined>;
  /** How many calls the next list takes that saves so many reads; `undefined` where there would be none. */
  price(host: string, saves: number): number | undefined;
};

/** So long a list serves the looks of its turn. */
const FRESH_MS = 10_000;
/** So long a list that was refused is not asked for again. */
const REFUSED_MS = 600_000;
/** So long one that has failed is not, where Azure names no time, and at most. */
const FAILED_MS = 10_000;
/** So long it is believed how many pages a vault has. */
const COUNTED_MS = 3_600_000;
/** Keys on a page of the data plane: what a list is taken to cost that nobody has seen yet. */
const PAGE = 25;

/** What this process knows of the lists of a vault. Times in ms since 1970. */
type Known = {
  readonly asked?: { readonly at: number; readonly keys: Promise<ListedKeys | undefined> };
  readonly restsUntil?: number;
  /** By the place of each way among all. */
  readonly refusedUntil?: Readonly<Record<number, number>>;
  /** At least so many. */
  readonly pages?: { readonly count: number; readonly until: number };
};

/** Of one that seems to come from a later time nobody knows how old it is: a clock was set back. */
const isFresh = ({ at }: NonNullable<Known['asked']>): boolean => Date.now() >= at && Date.now() - at < FRESH_MS;

/** Keys that a list shows twice and otherwise each time have changed between two pages: a read will tell. */
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

/** Ends as soon as it has cost as many calls as it could save. */
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

/** What is known of each vault by host, and what that leaves to do now. */
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

/** What that tells of a vault and of this way to list it, for the time being. */
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
      // One that is refused leaves the next way to be tried.
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
