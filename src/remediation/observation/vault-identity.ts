import type { KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';

/** Which vault a step is about. It is among the parameters of every step, so that a yes to the step is one to this vault. */
export type VaultIdentity = {
  /** ARM id, lower-cased. */
  readonly vaultId: string;
  /** When it was made (ISO 8601): one of the same id that was made later is another. Left out where nothing tells. */
  readonly vaultBirth?: string;
};

const identity = (vaultId: string, birth: string | undefined): VaultIdentity => ({
  vaultId: vaultId.toLowerCase(),
  ...(birth !== undefined && { vaultBirth: birth }),
});

/**
 * The vault in which a key is seen, or was deleted; of one that nobody could see, that of the last healthy state. Where none is
 * known it is named by its host, which is no ARM id: nothing is written on such a step.
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
