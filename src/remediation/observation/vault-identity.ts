import type { KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';

/**
 * The vault that a step is about. It is among the parameters of every step, so that the approval of a step is for this vault
 * only.
 */
export type VaultIdentity = {
  /** ARM id, lower-cased. */
  readonly vaultId: string;
  /**
   * When the vault was made (ISO 8601): a vault of the same id that was made later is another vault. Left out where it is not
   * known.
   */
  readonly vaultBirth?: string;
};

const identity = (vaultId: string, birth: string | undefined): VaultIdentity => ({
  vaultId: vaultId.toLowerCase(),
  ...(birth !== undefined && { vaultBirth: birth }),
});

/**
 * The vault that holds, or held, the key: as it is seen now, as it was deleted, or else as the baseline knows it. Where none is
 * known, the host of the key is used instead. The host is no ARM id, and nothing is ever written for such a step.
 */
export const vaultIdentity = (
  { key, vault, vaultLoss }: Pick<KeyObservation, 'key' | 'vault' | 'vaultLoss'>,
  { baseline }: Pick<Known, 'baseline'>,
): VaultIdentity => {
  const was = baseline?.vault;
  if (vault.kind === 'present') return identity(vault.value.id, vault.value.birth ?? was?.birth);
  const deleted = vaultLoss?.kind === 'present' && vaultLoss.value.kind === 'deleted' ? vaultLoss.value : undefined;
  return identity(deleted?.vaultId ?? was?.id ?? `https://${key.host}`, was?.birth);
};
