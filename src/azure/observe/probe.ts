import { type ConsumerFacts, type KeyObservation, present } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { lazily } from '../connection/once.ts';
import { toFailure } from '../failure/failure.ts';
import { observeVersions, type VersionSources } from '../key-vault/observe-versions.ts';
import type { Parts } from '../key-vault/parts.ts';
import { OverRation, openReadRation, type ReadPace } from '../key-vault/read-ration.ts';
import type { VaultLook, Vaults } from '../key-vault/vault-directory.ts';
import type { VaultLists } from '../key-vault/vault-lists.ts';
import type { LastReads } from './last-reads.ts';
import {
  type Glance,
  type LastFacts,
  type Look,
  OF_THE_PROBE,
  openGlances,
  openLastFacts,
  openReads,
} from './look-again.ts';
import { openRationedReads } from './rationed-reads.ts';
import { type Shown, stillAsShown } from './still-as-shown.ts';

/** A key and its consumers as last listed. `cost`: of reading it, as last known; left out where nobody knows it. */
export type ProbeRequest = {
  readonly key: KeyRef;
  readonly consumers: readonly ConsumerFacts[];
  readonly cost?: number;
};

/**
 * The keys that could be read. Keys of a vault that is left alone are missing. `listed`: ids of keys that were not
 * read, since a list of their vault shows no change.
 */
export type Probe = { readonly observations: readonly KeyObservation[]; readonly listed: readonly string[] };

/** The keys that the next probe of this process can take from lists of vaults, and how many calls these lists take. */
export type Foreseen = { readonly listed: readonly KeyRef[]; readonly calls: number };

/** The wait where Azure names no time. */
const BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 600_000;

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error;

type Sources = VersionSources & { readonly vaults: Vaults };

/** The lists of vaults, where they may be used, and the reads that they may replace. */
export type Lists = { readonly lists: VaultLists; readonly lastReads: LastReads };

/** Until when each vault is left alone (ms since 1970), by host. */
type Unwell = Map<string, number>;

const leaveAlone = (unwell: Unwell, host: string, error: unknown): void => {
  const asked = toFailure(causeOf(error)).retryAfterMs ?? BACK_OFF_MS;
  unwell.set(host, Math.max(unwell.get(host) ?? 0, Date.now() + Math.min(asked, LONGEST_BACK_OFF_MS)));
};

const hostsOf = (requests: readonly ProbeRequest[]): readonly string[] => [
  ...new Set(requests.map(({ key }) => key.host)),
];

/** The memory of this process from one probe to the next. `seenAt`: ms since 1970, by key. */
type Memory = { readonly unwell: Unwell; readonly seenAt: Map<string, number> };

/** Keys that were not read for the longest time come first: where a ration is too small for all, each key gets its turn. */
const inTurn = (requests: readonly ProbeRequest[], { seenAt }: Memory): readonly ProbeRequest[] => {
  const ageOf = ({ key }: ProbeRequest): number => seenAt.get(keyId(key)) ?? 0;
  return requests.toSorted((one, other) => ageOf(one) - ageOf(other));
};

type Seen = Probe & { readonly silent: ReadonlySet<string> };

/** `glance` says of which keys a list shows that their last read holds; `read` reads the others after that. */
type Ways = { readonly glance?: Glance; readonly read: Look };

/** `unseen`: nothing can be said of the key now. `undefined`: this way says nothing of it, and another one may. */
type Looked = KeyObservation | 'unseen' | undefined;

type LookAtKey = (request: ProbeRequest) => Promise<Looked>;

/** A key that would have to wait for longer than the run lasts is unseen, and comes first in the next run. */
const lookBy =
  (way: Glance, vaults: VaultLook, { seenAt, unwell }: Memory, silent: Set<string>): LookAtKey =>
  async (request) => {
    const { key, consumers } = request;
    if (silent.has(key.host) || (unwell.get(key.host) ?? 0) > Date.now()) return 'unseen';
    try {
      const observedAt = new Date().toISOString();
      const reading = await vaults(key.host);
      const looked = await way({ ...request, observedAt }, reading);
      if (looked === undefined) return undefined;
      const { isVaultSilent, ...seen } = looked;
      if (isVaultSilent) silent.add(key.host);
      seenAt.set(keyId(key), Date.now());
      return { key, observedAt, ...reading, consumers: present(consumers), ...seen };
    } catch (error) {
      if (!(error instanceof OverRation)) leaveAlone(unwell, key.host, error);
      return 'unseen';
    }
  };

const seenIn = (looked: readonly Looked[]): readonly KeyObservation[] =>
  looked.flatMap((one) => (one === undefined || one === 'unseen' ? [] : [one]));

/** The facts of each key, with its vault from `vaults`. No vault waits for another vault, and no list for a read. */
const look = async (
  { glance, read }: Ways,
  requests: readonly ProbeRequest[],
  vaults: VaultLook,
  memory: Memory,
): Promise<Seen> => {
  const silent = new Set<string>();
  const glanceAt: LookAtKey = glance ? lookBy(glance, vaults, memory, silent) : async () => undefined;
  const readOf = lookBy(read, vaults, memory, silent);
  const lookAtVault = async (own: readonly ProbeRequest[]) => {
    const ordered = inTurn(own, memory);
    const glanced = await inParallel(ordered, glanceAt);
    const others = await inParallel(
      ordered.filter((_request, at) => glanced[at] === undefined),
      readOf,
    );
    return { byList: seenIn(glanced), read: seenIn(others) };
  };
  const vaultsSeen = await Promise.all([...Map.groupBy(requests, ({ key }) => key.host).values()].map(lookAtVault));
  const listed = vaultsSeen.flatMap(({ byList }) => byList);
  return {
    observations: [...listed, ...vaultsSeen.flatMap((seen) => seen.read)],
    listed: listed.map(({ key }) => keyId(key)),
    silent,
  };
};

/** Asked on first use, so that a failing control plane is handled like a failing vault. */
const whenAsked = (open: () => Promise<VaultLook>): VaultLook => {
  const opened = lazily(open);
  return async (host) => (await opened())(host);
};

type Looking = (requests: readonly ProbeRequest[]) => Promise<Probe>;

/** Asks again where the vaults with silent hosts are (a deleted vault has a silent host), and looks at their keys again. */
const openLooking =
  (vaults: Vaults, ways: Ways, memory: Memory): Looking =>
  async (requests) => {
    const located = whenAsked(() => vaults.locate(hostsOf(requests)));
    const { observations, listed, silent } = await look(ways, requests, located, memory);
    const doubted = requests.filter(({ key }) => silent.has(key.host));
    const asked = whenAsked(() => vaults.locateSilent([...silent]));
    const again = await look(ways, doubted, asked, memory);
    const seen = [...observations.filter(({ key }) => !silent.has(key.host)), ...again.observations];
    return { observations: seen, listed: [...listed, ...again.listed] };
  };

export type Probing = {
  /**
   * Looks only at the pinned versions of keys: one data-plane call for each, one or two more for a lost key, three
   * where another key has its name, and the calls of `observeFollowed` for a consumer that names no version. The
   * places of the vaults are asked at most every ten minutes, and once more where a host is silent, as after the
   * deletion of a vault: then the list of deleted vaults tells what happened to all missing vaults. The consumers
   * come from the request and are not read. No call is retried. A vault that fails or throttles is left alone by this
   * process until the time that it asked for.
   */
  readonly read: Looking;
  /**
   * Like `read`, by lists of the vaults, where the lists are cheaper and show that the last read of a version still
   * holds. Reads of the others keep to the pace.
   */
  readonly list: PacedLooking;
  /** Like `read`, for keys that no plan has spread over time: it keeps to the pace. */
  readonly readPaced: PacedLooking;
  /**
   * Of keys that were seen by lists before, those of which `list` would show the same now, by the same lists. Nothing is
   * read: what is missing here is looked at as any other key.
   */
  readonly still: <One extends Shown>(shown: readonly One[]) => Promise<readonly One[]>;
  /** Without a call: what a look by lists would do now, of versions that are not due for so long (ms); `undefined` without lists. */
  foresee(keys: readonly KeyRef[], forMs: number): Foreseen | undefined;
};

type PacedLooking = (requests: readonly ProbeRequest[], pace: ReadPace) => Promise<Probe>;

const foreseenBy =
  ({ lastReads, lists }: Lists): Probing['foresee'] =>
  (keys, forMs) => {
    const vaults = [...Map.groupBy(keys, ({ host }) => host)].flatMap(([host, own]) => {
      const calls = lists.price(host, lastReads.reusableIn(host, forMs));
      return calls === undefined ? [] : [{ calls, own }];
    });
    const isReusable = (key: KeyRef): boolean =>
      lastReads.isReusable(key, lastReads.of(key)?.facts.version ?? '', forMs);
    return {
      listed: vaults.flatMap(({ own }) => own.filter(isReusable)),
      calls: vaults.reduce((sum, { calls }) => sum + calls, 0),
    };
  };

/** A vault that cannot be located, or is left alone, is left to the look that comes next, which knows what to do then. */
const stillBy =
  (lastFacts: LastFacts, vaults: Vaults, { seenAt, unwell }: Memory): Probing['still'] =>
  async (shown) => {
    const byVault = [...Map.groupBy(shown, ({ key }) => key.host)].filter(
      ([host]) => (unwell.get(host) ?? 0) <= Date.now(),
    );
    const located = whenAsked(() => vaults.locate(byVault.map(([host]) => host)));
    const still = await Promise.all(byVault.map(([, own]) => stillAsShown(own, located, lastFacts).catch(() => [])));
    const now = Date.now();
    for (const { key } of still.flat()) seenAt.set(keyId(key), now);
    return still.flat();
  };

/** Without `lists` every version is read each time. `parts`: those of the turn that work in this process. */
export const openProbe = (sources: Sources, parts: Pick<Parts, 'now'>, lists?: Lists): Probing => {
  const { vaults } = sources;
  const memory: Memory = { unwell: new Map(), seenAt: new Map() };
  if (!lists) {
    const read = openLooking(vaults, { read: (used, reading) => observeVersions(sources, used, reading) }, memory);
    return { read, list: read, readPaced: read, still: async () => [], foresee: () => undefined };
  }
  const looks = { ...sources, ...lists };
  const ration = openReadRation(parts);
  const glance = openGlances(looks, OF_THE_PROBE);
  const paced = (pace: ReadPace): Look => openRationedReads(looks, ration, pace);
  return {
    read: openLooking(vaults, { read: openReads(looks) }, memory),
    list: (requests, pace) => openLooking(vaults, { glance, read: paced(pace) }, memory)(requests),
    readPaced: (requests, pace) => openLooking(vaults, { read: paced(pace) }, memory)(requests),
    still: stillBy(openLastFacts(looks, OF_THE_PROBE), vaults, memory),
    foresee: foreseenBy(lists),
  };
};
