import { type KeyVersionFacts, present, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import { isSettled, isUnchanged } from '../../remediation/observation/unchanged.ts';
import { anyFollows, statedVersions } from '../../remediation/observation/versions-in-use.ts';
import type { KeyInUse } from '../key-vault/observe-followed.ts';
import { observeVersions, type SeenVersions, type VersionSources } from '../key-vault/observe-versions.ts';
import { isBeingRecovered } from '../key-vault/vault-facts.ts';
import type { VaultLists } from '../key-vault/vault-lists.ts';
import type { VaultReading } from '../key-vault/vault-loss.ts';
import { AHEAD_MS, type LastRead, type LastReads } from './last-reads.ts';

/**
 * A list shows only attributes of the current version of a key. So it never says what a version in use is like: it only
 * says whether the last read still holds. The last read is reused without a call where 1. all consumers name the same
 * single version, and it is certainly the current one; 2. the version itself was read within the hour, and long enough
 * after its last write that a later write changes its times; 3. the present list shows the key, with all values as they
 * were read. In all other cases the version is read: a list that is refused, has failed or lacks a key proves nothing.
 */

export type LookSources = VersionSources & { readonly lists: VaultLists; readonly lastReads: LastReads };

/** Reads the versions of a key in use. */
export type Look = (used: KeyInUse, reading: VaultReading) => Promise<SeenVersions>;

/** The versions of a key in use, where a list says that their last read still holds; else `undefined`: they are read. */
export type Glance = (used: KeyInUse, reading: VaultReading) => Promise<SeenVersions | undefined>;

/** The version that all consumers name; `undefined` where they use several, or one of them names none. */
const onlyVersion = ({ consumers }: KeyInUse): string | undefined => {
  const [version, ...others] = statedVersions(consumers);
  return others.length > 0 || anyFollows(consumers) ? undefined : version;
};

/**
 * The version in use, from a read of the current version, where it is the same; `undefined` where it is not, or that is
 * unknown.
 */
const readCurrent = async (
  { keyVersions }: VersionSources,
  { key }: KeyInUse,
  version: string,
  vault: VaultFacts,
): Promise<{ readonly seen?: SeenVersions; readonly isCurrent?: boolean }> => {
  const { fact, isVaultSilent } = await keyVersions.look({ key, vault });
  if (fact.kind !== 'present') return {};
  if (fact.value.version !== version) return { isCurrent: false };
  return { seen: { versions: { [version]: fact }, isVaultSilent }, isCurrent: true };
};

/** For a version that was created a moment ago it is unknown whether another followed within the same second. */
const lasting = (read: LastRead): LastRead => {
  const { isCurrent, ...bare } = read;
  return isCurrent === true && !isSettled(read) ? bare : read;
};

/**
 * Reads a version in use and remembers it. It reads the current version until it is known whether that is the version
 * in use: one call, or one more.
 */
const readAndKeep = async (
  sources: LookSources,
  used: KeyInUse,
  reading: VaultReading,
  version: string,
): Promise<SeenVersions> => {
  const { lastReads } = sources;
  const last = lastReads.of(used.key);
  const known = last?.facts.version === version ? last.isCurrent : undefined;
  const at = Date.now();
  const asked =
    known === undefined && reading.vault.kind === 'present' && !isBeingRecovered(reading.vault.value)
      ? await readCurrent(sources, used, version, reading.vault.value)
      : {};
  const { isCurrent = known } = asked;
  const seen = asked.seen ?? (await observeVersions(sources, used, reading));
  const fact = seen.versions[version];
  if (fact?.kind !== 'present') lastReads.forget(used.key);
  else lastReads.keep(used.key, lasting({ facts: fact.value, at, ...(isCurrent !== undefined && { isCurrent }) }));
  return seen;
};

/** Reads every version in use, and remembers the reads that a list may replace later. */
export const openReads =
  (sources: LookSources): Look =>
  async (used, reading) => {
    const version = onlyVersion(used);
    return version === undefined
      ? observeVersions(sources, used, reading)
      : readAndKeep(sources, used, reading, version);
  };

/** `listAgeMs`: how old a list may be. `forMs`: the last read of a version must not become due for so long. */
type Patience = { readonly listAgeMs: number; readonly forMs: number };

/** One list serves the looks of one turn of the probe. */
export const OF_THE_PROBE: Patience = { listAgeMs: 10_000, forMs: 0 };

/** A sweep uses the lists of the last probe, and reads what the probe would have to read before the next sweep. */
export const OF_A_SWEEP: Patience = { listAgeMs: 60_000, forMs: AHEAD_MS };

/** The last read of a version, where the list of its vault shows that it still holds. */
const takeAgain = async (
  { lastReads, lists }: LookSources,
  { key }: Pick<KeyInUse, 'key'>,
  vault: VaultFacts,
  { forMs, listAgeMs }: Patience,
): Promise<LastRead | undefined> => {
  const listed = (await lists.list(vault, () => lastReads.reusableIn(key.host, forMs), listAgeMs))?.get(key.name);
  // A read that ended while the list was loading is newer than the list.
  const last = lastReads.of(key);
  return listed && last && isUnchanged(last, listed) ? last : undefined;
};

/** The facts of this version of a key, where the present list of its vault shows that the last read holds; else `undefined`. */
export type LastFacts = (
  key: KeyRef,
  version: string,
  vault: VaultReading['vault'],
) => Promise<KeyVersionFacts | undefined>;

export const openLastFacts =
  (sources: LookSources, patience: Patience): LastFacts =>
  async (key, version, vault) => {
    if (vault.kind !== 'present' || isBeingRecovered(vault.value)) return undefined;
    if (!sources.lastReads.isReusable(key, version, patience.forMs)) return undefined;
    const last = await takeAgain(sources, { key }, vault.value, patience);
    return last?.facts.version === version ? last.facts : undefined;
  };

/** Looks by lists of the vaults, where these are cheaper than reads. */
export const openGlances = (sources: LookSources, patience: Patience): Glance => {
  const lastFacts = openLastFacts(sources, patience);
  return async (used, { vault }) => {
    const version = onlyVersion(used);
    const facts = version === undefined ? undefined : await lastFacts(used.key, version, vault);
    return facts && { versions: { [facts.version]: present(facts) }, isVaultSilent: false };
  };
};
