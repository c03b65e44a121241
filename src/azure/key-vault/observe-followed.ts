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

/** A key with those who use it. `observedAt` (ISO 8601): the moment of the look, by which a lag is over or not. */
export type KeyInUse = {
  readonly key: KeyRef;
  readonly consumers: readonly ConsumerFacts[];
  readonly observedAt: string;
  /** Versions that were in use when all was well. */
  readonly recordedVersions?: readonly string[];
};

/** What was seen of the versions that nobody states. */
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

/** A version that was in use before, where the current one is none of those and no consumer states one: one call. */
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
 * The current version of a key of which a consumer states no version: one data-plane call, and none where all state one.
 * While that version is younger than the lag after which its consumers certainly use it, also those before it: one call for
 * each 25 versions that the key has, and one for each that may be in use. Once after every rotation one of a version from before.
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
