import { type KeyObservation, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { DeletedKeys } from './deleted-keys.ts';
import type { KeyVersions } from './key-versions.ts';
import { type VaultReading, whyUnseen } from './vault-loss.ts';

export type VersionSources = { readonly keyVersions: KeyVersions; readonly deletedKeys: DeletedKeys };

type Versions = KeyObservation['versions'];

/** `isVaultSilent`: the host of a vault that should be there does not answer for it. */
export type SeenVersions = Pick<KeyObservation, 'versions' | 'loss'> & { readonly isVaultSilent: boolean };

const allUnknown = (pinned: readonly string[], reason: string): SeenVersions => ({
  versions: Object.fromEntries(pinned.map((version) => [version, unknown(reason)])),
  isVaultSilent: false,
});

/** What became of the key, asked only where one of its pinned versions is not found. */
const readLoss = async (
  { deletedKeys }: VersionSources,
  key: KeyRef,
  vault: VaultFacts,
  versions: Versions,
): Promise<Pick<KeyObservation, 'loss'>> => {
  const isLost = Object.values(versions).some(({ kind }) => kind === 'absent');
  return isLost ? { loss: await deletedKeys.observe({ key, vault }) } : {};
};

/** `RegisteringDns` is the only other state that Key Vault documents (VaultProvisioningState). */
const isBeingRecovered = ({ provisioningState }: VaultFacts): boolean =>
  provisioningState.toLowerCase() === 'registeringdns';

/**
 * These versions of a key, and what became of it where one is not found. A vault that is being recovered is not asked: it
 * does not answer yet, which must not pass for lost keys.
 */
export const observeVersions = async (
  sources: VersionSources,
  key: KeyRef,
  pinned: readonly string[],
  reading: VaultReading,
): Promise<SeenVersions> => {
  if (reading.vault.kind !== 'present') return allUnknown(pinned, whyUnseen(key.host, reading));
  const vault = reading.vault.value;
  if (isBeingRecovered(vault)) return allUnknown(pinned, `the vault ${vault.name} is being recovered`);
  const seen = await inParallel(pinned, async (version) => ({
    version,
    ...(await sources.keyVersions.look({ key, version, vault })),
  }));
  const versions = Object.fromEntries(seen.map(({ fact, version }) => [version, fact]));
  const isVaultSilent = seen.some((one) => one.isVaultSilent);
  return { versions, isVaultSilent, ...(await readLoss(sources, key, vault, versions)) };
};
