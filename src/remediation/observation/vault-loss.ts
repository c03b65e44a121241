import type { KeyObservation, VaultLoss } from '../model/facts.ts';

/** What became of a vault that is not found; `undefined` where it is there, or nobody could tell. A key that answers has one. */
export const vaultLossOf = ({ vault, vaultLoss, versions }: KeyObservation): VaultLoss | undefined =>
  vault.kind === 'absent' &&
  vaultLoss?.kind === 'present' &&
  Object.values(versions).every(({ kind }) => kind !== 'present')
    ? vaultLoss.value
    : undefined;
