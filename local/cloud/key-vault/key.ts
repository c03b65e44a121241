import type { KeyObject } from 'node:crypto';
import type { RotationPolicy } from './rotation-policy.ts';

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
