import type { KeyRef } from './key-ref.ts';

/** What was observed. A 403, a firewall or a timeout in our own way is `unknown`, never `absent`. */
export type Fact<T> =
  | { readonly kind: 'present'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** One version of a key, as the data plane (2025-07-01) or the control plane (2026-02-01) shows it. Times are ISO 8601. */
export type KeyVersionFacts = {
  /** Full key identifier with version, as Key Vault spells it. */
  readonly kid: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly createdOn: string;
  readonly notBefore?: string;
  readonly expiresOn?: string;
  /** `RSA`, `RSA-HSM`, … */
  readonly keyType: string;
  /** Bits; absent where the plane that was read does not tell. */
  readonly keySize?: number;
  readonly recoveryLevel?: string;
  readonly tags: Readonly<Record<string, string>>;
};

export type VaultFacts = {
  readonly id: string;
  readonly name: string;
  readonly uri: string;
  readonly location: string;
  readonly tenantId: string;
  /** `enableRbacAuthorization` false or null means access policies. */
  readonly permissionModel: 'accessPolicies' | 'rbac';
  readonly network: { readonly publicNetworkAccess: string; readonly defaultAction: string; readonly bypass: string };
  readonly tags: Readonly<Record<string, string>>;
};

export type ConsumerKind = 'mysqlSingleServer' | 'mysqlFlexibleServer';

/**
 * What a consumer's own state says. `busy`: an operation is in progress there. `stopped`: switched off on purpose, or
 * maintenance: never an incident. `unfamiliar`: a state that no document lists; evidence for nothing.
 */
export type ConsumerState = 'ready' | 'inaccessible' | 'busy' | 'stopped' | 'unfamiliar';

export type ConsumerFacts = {
  /** ARM resource id, in the casing of Azure. Compare lower-cased. */
  readonly id: string;
  readonly kind: ConsumerKind;
  readonly name: string;
  readonly location: string;
  readonly state: Fact<{ readonly state: ConsumerState; readonly raw: string }>;
  /** The key version that it really uses. `key` is what `KeyRef` this consumer is observed for. */
  readonly pinned: { readonly key: KeyRef; readonly version: string; readonly kid: string };
  /** Object id of the identity it uses the key with. */
  readonly principalId: Fact<string>;
  readonly tags: Readonly<Record<string, string>>;
};

/**
 * What became of a key of which a pinned version is not found. `deleted`: soft-deleted and recoverable until then
 * (ISO 8601). `versionMissing`: the key is there, that version is not; versions cannot be deleted one by one, so it is
 * another key of that name. `gone`: neither a key nor a deleted one; for seconds that is also a key in transition.
 */
export type KeyLoss =
  | {
      readonly kind: 'deleted';
      readonly deletedOn: string;
      readonly recoverableUntil: string;
      /** Of its current version. */
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'versionMissing' }
  | { readonly kind: 'gone' };

/** One key with everything that depends on it, at one moment. */
export type KeyObservation = {
  readonly key: KeyRef;
  readonly observedAt: string;
  readonly vault: Fact<VaultFacts>;
  /** By version: every version that some consumer pins. */
  readonly versions: Readonly<Record<string, Fact<KeyVersionFacts>>>;
  /** Asked for only where a pinned version is absent. Only the data plane knows: a firewall makes it unknown. */
  readonly loss?: Fact<KeyLoss>;
  /** `unknown` when the consumers could not all be listed: then nothing here is complete. */
  readonly consumers: Fact<readonly ConsumerFacts[]>;
};

export const present = <T>(value: T): Fact<T> => ({ kind: 'present', value });
export const absent: Fact<never> = { kind: 'absent' };
export const unknown = (reason: string): Fact<never> => ({ kind: 'unknown', reason });
