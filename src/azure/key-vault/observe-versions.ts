import { type KeyObservation, unknown } from '../../remediation/model/facts.ts';
import { anyFollows, statedVersions } from '../../remediation/observation/versions-in-use.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { DeletedKeys } from './deleted-keys.ts';
import type { KeyInVault } from './key-in-vault.ts';
import { type FollowSources, type KeyInUse, observeFollowed } from './observe-followed.ts';
import { isBeingRecovered } from './vault-facts.ts';
import { type VaultReading, whyUnseen } from './vault-loss.ts';

export type VersionSources = FollowSources & { readonly deletedKeys: DeletedKeys };

type Seen = Pick<KeyObservation, 'versions' | 'current' | 'superseded' | 'recorded'>;

/** `isVaultSilent`: the vault should exist, but its host does not answer for it. */
export type SeenVersions = Seen & Pick<KeyObservation, 'loss'> & { readonly isVaultSilent: boolean };

const allUnknown = ({ consumers }: KeyInUse, reason: string): SeenVersions => ({
  versions: Object.fromEntries(statedVersions(consumers).map((version) => [version, unknown(reason)])),
  ...(anyFollows(consumers) && { current: unknown(reason) }),
  isVaultSilent: false,
});

/**
 * Reads the versions that were not found once more. Several reads tell what happened to a key, at different moments,
 * and the key may have come back between two of them.
 */
const readAbsentAgain = async ({ keyVersions }: VersionSources, of: KeyInVault, versions: Seen['versions']) =>
  Object.fromEntries(
    await inParallel(Object.entries(versions), async ([version, fact]) => [
      version,
      fact.kind === 'absent' ? (await keyVersions.look({ ...of, version })).fact : fact,
    ]),
  );

const isAnyAbsent = (versions: Seen['versions']): boolean =>
  Object.values(versions).some(({ kind }) => kind === 'absent');

/**
 * Reads what happened to the key, only where a version in use is not found. If the key was recovered or restored
 * meanwhile, it has a current version, and the version in use exists again. If the version in use is still missing
 * then, another key has the name.
 */
const withLoss = async (
  sources: VersionSources,
  of: KeyInVault,
  seen: Seen,
): Promise<Omit<SeenVersions, 'isVaultSilent'>> => {
  const isKeyGone = seen.current?.kind === 'absent';
  if (!isKeyGone && !isAnyAbsent(seen.versions)) return seen;
  const loss = await sources.deletedKeys.observe(of);
  if (loss.kind !== 'present' || loss.value.kind !== 'versionMissing') return { ...seen, loss };
  const versions = await readAbsentAgain(sources, of, seen.versions);
  if (isKeyGone)
    return { ...seen, versions, loss, current: unknown('the key was not found a moment ago, and is there now') };
  return { ...seen, versions, ...(isAnyAbsent(versions) && { loss }) };
};

/**
 * The versions of a key that these consumers use, and what happened to the key where a version is not found: one
 * data-plane call for each named version, and `observeFollowed` where a consumer names none. A vault that is being
 * recovered is not asked: it does not answer yet, and its keys must not count as lost.
 */
export const observeVersions = async (
  sources: VersionSources,
  used: KeyInUse,
  reading: VaultReading,
): Promise<SeenVersions> => {
  const { key, consumers } = used;
  if (reading.vault.kind !== 'present') return allUnknown(used, whyUnseen(key.host, reading));
  const vault = reading.vault.value;
  if (isBeingRecovered(vault)) return allUnknown(used, `the vault ${vault.name} is being recovered`);
  const of = { key, vault };
  const [stated, followed] = await Promise.all([
    inParallel(statedVersions(consumers), async (version) => ({
      version,
      ...(await sources.keyVersions.look({ ...of, version })),
    })),
    observeFollowed(sources, used, vault),
  ]);
  const { isVaultSilent, versions, ...beside } = followed;
  const facts = Object.fromEntries(stated.map(({ fact, version }) => [version, fact]));
  const seen = { versions: { ...versions, ...facts }, ...beside };
  return {
    ...(await withLoss(sources, of, seen)),
    isVaultSilent: isVaultSilent || stated.some((one) => one.isVaultSilent),
  };
};
