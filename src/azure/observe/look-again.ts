import { present, type VaultFacts } from '../../remediation/model/facts.ts';
import { isSettled, isUnchanged } from '../../remediation/observation/unchanged.ts';
import { anyFollows, statedVersions } from '../../remediation/observation/versions-in-use.ts';
import type { KeyInUse } from '../key-vault/observe-followed.ts';
import {
  isBeingRecovered,
  observeVersions,
  type SeenVersions,
  type VersionSources,
} from '../key-vault/observe-versions.ts';
import type { VaultLists } from '../key-vault/vault-lists.ts';
import type { VaultReading } from '../key-vault/vault-loss.ts';
import type { LastRead, LastReads } from './last-reads.ts';

/*
 * A list shows attributes of the current version of a key and nothing else. So it never says what a version in use is like: it
 * says whether what was last read of it still holds. What was read is taken again without a call where
 * 1. all consumers state the same one version, and it is the current one for sure;
 * 2. it was read itself within the hour, and so long after its last write that a later one shows in its times;
 * 3. the list of now shows the key, and everything that it shows is as it was read.
 * All else is read itself: a list that is refused, has failed or does not show a key is evidence of nothing.
 */

export type LookSources = VersionSources & { readonly lists: VaultLists; readonly lastReads: LastReads };

/** What is seen of the versions of a key. `isListed`: nothing was read of it, a list says that it is as it was. */
export type Look = (used: KeyInUse, reading: VaultReading) => Promise<SeenVersions & { readonly isListed?: true }>;

/** The version that all consumers state; none where they use several, or one of them states none. */
const onlyVersion = ({ consumers }: KeyInUse): string | undefined => {
  const [version, ...others] = statedVersions(consumers);
  return others.length > 0 || anyFollows(consumers) ? undefined : version;
};

/** The version in use by a read of the current one, where that is the same; `undefined` where it is not, or cannot be told. */
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

/** Of a version that was made a moment ago nobody can tell yet whether another came within the same second. */
const lasting = (read: LastRead): LastRead => {
  const { isCurrent, ...bare } = read;
  return isCurrent === true && !isSettled(read) ? bare : read;
};

/** Reads a version in use, and remembers it. By the current one until it is known whether that is it: one call, or one more. */
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

/** Reads every version in use, and remembers what a list may stand for later. */
export const openReads =
  (sources: LookSources): Look =>
  async (used, reading) => {
    const version = onlyVersion(used);
    return version === undefined
      ? observeVersions(sources, used, reading)
      : readAndKeep(sources, used, reading, version);
  };

/** What was last read of a version, where the list of its vault shows that it still holds. */
const takeAgain = async (
  { lastReads, lists }: LookSources,
  { key }: KeyInUse,
  vault: VaultFacts,
): Promise<LastRead | undefined> => {
  const listed = (await lists.list(vault, () => lastReads.reusableIn(key.host)))?.get(key.name);
  // What was read while the list was on its way is the newer.
  const last = lastReads.of(key);
  return listed && last && isUnchanged(last, listed) ? last : undefined;
};

/** The same by lists of the vaults, where those are cheaper and show no change. */
export const openListedLooks = (sources: LookSources): Look => {
  const read = openReads(sources);
  return async (used, reading) => {
    const version = onlyVersion(used);
    const { vault } = reading;
    if (version === undefined || vault.kind !== 'present' || isBeingRecovered(vault.value)) return read(used, reading);
    if (!sources.lastReads.isReusable(used.key, version)) return read(used, reading);
    const last = await takeAgain(sources, used, vault.value);
    if (last?.facts.version !== version) return read(used, reading);
    return { versions: { [version]: present(last.facts) }, isVaultSilent: false, isListed: true };
  };
};
