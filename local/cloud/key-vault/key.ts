import type { KeyObject } from 'node:crypto';
import type { RotationPolicy } from './rotation-policy.ts';

export type KeySize = 2048 | 3072 | 4096;

/** `EC`: on P-256, the only curve that is simulated. */
export type KeyType = 'RSA' | 'RSA-HSM' | 'EC';

/** `data`: the policy, base64url. This cloud keeps and shows it, and never releases a key by it. */
export type ReleasePolicy = { data: string; contentType?: string | undefined; immutable?: boolean | undefined };

/** One version. `nbf` and `exp` are seconds as on the wire, instants (`createdAt`) are milliseconds. */
export type KeyVersion = {
  version: string;
  kid: string;
  kty: KeyType;
  /** The size of an RSA key. */
  keySize?: KeySize;
  keyOps: string[];
  enabled: boolean;
  nbf?: number | undefined;
  exp?: number | undefined;
  createdAt: number;
  updatedAt: number;
  tags: Record<string, string>;
  /** Whether it is the key of a certificate. */
  managed?: true;
  /** The conditions under which an exportable key is released. */
  releasePolicy?: ReleasePolicy | undefined;
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
