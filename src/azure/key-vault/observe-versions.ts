import { type KeyObservation, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import { anyFollows, statedVersions } from '../../remediation/observation/versions-in-use.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { DeletedKeys } from './deleted-keys.ts';
import type { KeyInVault } from './key-in-vault.ts';
import { type FollowSources, type KeyInUse, observeFollowed } from './observe-followed.ts';
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
 * Reads what happened to the key, only where a version in use is not found. A key that was recovered or restored since
 * has a current version.
 */
const withLoss = async (
  { deletedKeys }: VersionSources,
  of: KeyInVault,
  seen: Seen,
): Promise<Omit<SeenVersions, 'isVaultSilent'>> => {
  const isKeyGone = seen.current?.kind === 'absent';
  if (!isKeyGone && !Object.values(seen.versions).some(({ kind }) => kind === 'absent')) return seen;
  const loss = await deletedKeys.observe(of);
  const isBack = isKeyGone && loss.kind === 'present' && loss.value.kind === 'versionMissing';
  return { ...seen, loss, ...(isBack && { current: unknown('the key was not found a moment ago, and is there now') }) };
};

/** `RegisteringDns` is the only other state that Key Vault documents (VaultProvisioningState). */
export const isBeingRecovered = ({ provisioningState }: VaultFacts): boolean =>
  provisioningState.toLowerCase() === 'registeringdns';

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
