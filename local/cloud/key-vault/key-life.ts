import type { Key } from './key.ts';
import { DAY, type Vault } from './vault.ts';

/** Virtual seconds that a deletion and a recovery take; Azure gives no number, both are a few seconds there. */
export const DELETION_SECONDS = 2;
export const RECOVERY_SECONDS = 10;

export type Phase = 'active' | 'deleting' | 'deleted' | 'recovering' | 'purged';

export const scheduledPurge = (vault: Vault, deletedAt: number) => deletedAt + vault.softDeleteRetention * DAY;

/** The phase of a key's life at an instant. */
export const phase = (vault: Vault, key: Key, now: number): Phase => {
  if (key.deletedAt !== undefined) {
    if (now >= scheduledPurge(vault, key.deletedAt)) return 'purged';
    return now < key.deletedAt + DELETION_SECONDS * 1000 ? 'deleting' : 'deleted';
  }
  if (key.recoveredAt !== undefined && now < key.recoveredAt + RECOVERY_SECONDS * 1000) return 'recovering';
  return 'active';
};

/** `recoveryLevel` as the service computes it from the vault's soft delete, retention and purge protection. */
export const recoveryLevel = (vault: Vault): string => {
  if (!vault.softDelete) return 'Purgeable';
  return `${vault.softDeleteRetention < 90 ? 'CustomizedRecoverable' : 'Recoverable'}${vault.purgeProtection ? '' : '+Purgeable'}`;
};
