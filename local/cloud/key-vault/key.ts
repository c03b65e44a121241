import type { KeyObject } from 'node:crypto';
import type { RotationPolicy } from './rotation-policy.ts';
import { DAY, type Vault } from './vault.ts';

export type KeySize = 2048 | 3072 | 4096;

/** One version. `nbf` and `exp` are seconds as on the wire, instants (`createdAt`) are milliseconds. */
export type KeyVersion = {
  version: string;
  kid: string;
  kty: 'RSA' | 'RSA-HSM';
  keySize: KeySize;
  keyOps: string[];
  enabled: boolean;
  nbf?: number | undefined;
  exp?: number | undefined;
  createdAt: number;
  updatedAt: number;
  tags: Record<string, string>;
  /** Never leaves this process. */
  privateKey: KeyObject;
  publicKey: KeyObject;
};

/** A key with all its versions, oldest first: the last is the current one. */
export type Key = {
  name: string;
  vault: string;
  versions: KeyVersion[];
  rotationPolicy?: RotationPolicy;
  deletedAt?: number;
  recoveredAt?: number;
};

/** Virtual seconds that a deletion and a recovery take; Azure gives no number, both are a few seconds there. */
export const DELETION_SECONDS = 2;
export const RECOVERY_SECONDS = 10;

export type Phase = 'active' | 'deleting' | 'deleted' | 'recovering' | 'purged';

export const scheduledPurge = (vault: Vault, deletedAt: number) => deletedAt + vault.softDeleteRetention * DAY;

/** Where a key is in its life at an instant. */
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
