import type { KeyObservation, VaultLoss } from '../model/facts.ts';

/**
 * The fate of a vault that is not found; `undefined` where the vault exists or its fate is unknown. Where a version of the key
 * answers, the vault must exist.
 */
export const vaultLossOf = ({ vault, vaultLoss, versions }: KeyObservation): VaultLoss | undefined =>
  vault.kind === 'absent' &&
  vaultLoss?.kind === 'present' &&
  Object.values(versions).every(({ kind }) => kind !== 'present')
    ? vaultLoss.value
    : undefined;
