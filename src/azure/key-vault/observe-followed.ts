import {
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  type SupersededVersion,
  type VaultFacts,
} from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import { supersededVersions } from '../../remediation/observation/superseded.ts';
import { anyFollows, isInLag, longestLag, statedVersions } from '../../remediation/observation/versions-in-use.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { KeyInVault } from './key-in-vault.ts';
import type { KeyVersions } from './key-versions.ts';
import type { VersionLists } from './list-key-versions.ts';

export type FollowSources = { readonly keyVersions: KeyVersions; readonly listVersions: VersionLists };

/** A key with its consumers. `observedAt` (ISO 8601): the time of the observation, by which a lag is over or not. */
export type KeyInUse = {
  readonly key: KeyRef;
  readonly consumers: readonly ConsumerFacts[];
  readonly observedAt: string;
  /** Versions that were in use when the baseline was recorded. */
  readonly recordedVersions?: readonly string[];
};

/** The facts of versions that no consumer names. */
export type Followed = Pick<KeyObservation, 'versions' | 'current' | 'superseded' | 'recorded'> & {
  readonly isVaultSilent: boolean;
};

const NOTHING: Followed = { versions: {}, isVaultSilent: false };

const readSuperseded = async (
  { listVersions }: FollowSources,
  of: KeyInVault,
  current: KeyVersionFacts,
  isNeeded: (superseded: SupersededVersion) => boolean,
): Promise<Fact<readonly SupersededVersion[]>> => {
  const listed = await listVersions(of);
  if (listed.kind !== 'present') return listed;
  const before = supersededVersions(listed.value, current);
  return before.kind === 'present' ? present(before.value.filter(isNeeded)) : before;
};

/**
 * A version of the baseline. It is read only where the current version is not in the baseline and no consumer names a
 * version: one call.
 */
const readRecorded = async (
  { keyVersions }: FollowSources,
  of: KeyInVault,
  { consumers, recordedVersions = [] }: KeyInUse,
  current: KeyVersionFacts,
): Promise<Pick<KeyObservation, 'recorded'>> => {
  const [version] = recordedVersions;
  const isSeen = [current.version, ...statedVersions(consumers)].some((one) => recordedVersions.includes(one));
  return version === undefined || isSeen ? {} : { recorded: (await keyVersions.look({ ...of, version })).fact };
};

/**
 * The current version of a key with a consumer that names no version: one data-plane call; none where every consumer
 * names a version. While that version is younger than the lag after which its consumers surely use it, the versions
 * before it are read too: one call for each 25 versions of the key, and one for each version that may be in use. After
 * every rotation a version from before is read once.
 */
export const observeFollowed = async (sources: FollowSources, used: KeyInUse, vault: VaultFacts): Promise<Followed> => {
  const { key, consumers, observedAt } = used;
  if (!anyFollows(consumers)) return NOTHING;
  const of = { key, vault };
  const { fact: current, isVaultSilent } = await sources.keyVersions.look(of);
  if (current.kind !== 'present') return { ...NOTHING, current, isVaultSilent };
  const versions = { [current.value.version]: current };
  const recorded = await readRecorded(sources, of, used, current.value);
  const lag = longestLag(consumers);
  if (lag === undefined || !isInLag(current.value.createdOn, lag, observedAt))
    return { versions, current, ...recorded, isVaultSilent };
  const isNeeded = ({ at }: SupersededVersion): boolean => isInLag(at, lag, observedAt);
  const superseded = await readSuperseded(sources, of, current.value, isNeeded);
  const before = await inParallel(
    superseded.kind === 'present' ? superseded.value : [],
    async ({ version }) => [version, (await sources.keyVersions.look({ ...of, version })).fact] as const,
  );
  return {
    versions: { ...versions, ...Object.fromEntries(before) },
    current,
    superseded,
    ...recorded,
    isVaultSilent,
  };
};
