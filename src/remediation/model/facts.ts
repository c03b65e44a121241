import type { ConsumerIdentity } from './consumer-identity.ts';
import type { GivenRight } from './given-roles.ts';
import type { KeyPermission } from './key-permission.ts';
import type { KeyRef } from './key-ref.ts';
import type { ConsumerKind } from './profiles.ts';
import type { RoleAssignmentFacts, VaultDependents } from './vault-dependents.ts';

/** One observed fact. A 403, a firewall or a timeout in the way of the product gives `unknown`, never `absent`. */
export type Fact<T> =
  | { readonly kind: 'present'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** One version of a key, as the data plane or the control plane shows it. Times are ISO 8601. */
export type KeyVersionFacts = {
  /** Full key identifier with version, as Key Vault spells it. */
  readonly kid: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly createdOn: string;
  readonly notBefore?: string;
  readonly expiresOn?: string;
  /** When any attribute or tag of the version was last written. */
  readonly updatedOn?: string;
  /** `RSA`, `RSA-HSM`, … */
  readonly keyType: string;
  /** In bits; left out where the plane that was read does not show it. */
  readonly keySize?: number;
  readonly recoveryLevel?: string;
  /**
   * `key_ops`: the operations that the version permits, whichever principal asks; left out where the plane that was read does not
   * show them.
   */
  readonly operations?: readonly string[];
  /** The version has a release policy, by which Key Vault gives its private part to an attested caller. */
  readonly isExportable?: true;
  /**
   * SHA-256 of the public part of the version. Only a read of one version on the data plane shows it; the control plane and lists
   * do not.
   */
  readonly material?: string;
  readonly tags: Readonly<Record<string, string>>;
};

export type VaultFacts = {
  readonly id: string;
  /**
   * When the vault was made (ISO 8601): `systemData.createdAt`. Left out where Azure does not show it: that says nothing of the
   * vault.
   */
  readonly birth?: string;
  readonly name: string;
  readonly uri: string;
  readonly location: string;
  readonly tenantId: string;
  /** `enableRbacAuthorization` false or null means access policies. */
  readonly permissionModel: 'accessPolicies' | 'rbac';
  readonly network: NetworkRules;
  /** As written in the vault, also where its permission model ignores them. */
  readonly accessPolicies: readonly AccessPolicy[];
  /** `retentionDays` is left out where the vault does not state it. Azure fixes it when the vault is made. */
  readonly softDelete: {
    readonly enabled: boolean;
    readonly retentionDays?: number;
    readonly purgeProtection: boolean;
  };
  /** How many private endpoint connections the vault has. */
  readonly privateEndpoints: number;
  /** `Succeeded`, or the operation in progress: `RegisteringDns` while the vault is being recovered. */
  readonly provisioningState: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** Rules of the firewall of a vault. The firewall guards the data plane only. */
export type NetworkRules = {
  /** `Enabled`, `Disabled`, `SecuredByPerimeter`. */
  readonly publicNetworkAccess: string;
  /** `Allow`, `Deny`. */
  readonly defaultAction: string;
  /** `AzureServices`, `None`. A network security perimeter overrides it. */
  readonly bypass: string;
  /** CIDR ranges, sorted. */
  readonly ipRules: readonly string[];
  /** ARM ids of subnets, lower-cased, sorted. */
  readonly virtualNetworkRules: readonly string[];
};

/**
 * An entry of the access policies. With an `applicationId` the entry is for a compound identity (a user and an application),
 * which no consumer has.
 */
export type AccessPolicy = {
  readonly tenantId: string;
  /** Lower-cased. It may be the id of a group: the vault does not show which. */
  readonly objectId: string;
  readonly applicationId?: string;
  /** Permissions on keys, lower-cased because Azure varies the case; `all` means all of them. */
  readonly keys: readonly string[];
  /** Permissions on secrets, certificates and storage: `secrets get`, …; left out where there are none. */
  readonly others?: readonly string[];
};

/** The fate of a vault that is not found. `gone`: Azure has neither the vault nor a deleted vault of that name. */
export type VaultLoss =
  | {
      readonly kind: 'deleted';
      /** ARM id that the vault had, as Azure spells it. */
      readonly vaultId: string;
      readonly location: string;
      /** ISO 8601. */
      readonly deletedOn: string;
      readonly recoverableUntil: string;
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'gone' };

/** A role that a principal holds directly and without a condition, with the rights on a key's access path that it gives. */
export type HeldRole = {
  /** Resource id, lower-cased: the key, its vault, or a scope above them. */
  readonly scope: string;
  /** GUID of the role's definition, lower-cased. */
  readonly role: string;
  readonly gives: readonly GivenRight[];
};

/** The permissions of a principal on one key, by the permission model that its vault really uses. */
export type Access = {
  readonly permissions: readonly KeyPermission[];
  /** The roles that give the principal any of this, sorted. Left out where roles were not asked for. */
  readonly roles?: readonly HeldRole[];
  /**
   * Whether the principal may read the vault as a resource: Reader or a wider role. Asked for disk encryption sets only (S1.20),
   * and left out where the product could not tell.
   */
  readonly reader?: boolean;
};

/**
 * The purpose of this key for the consumer. `active`: its data. `geoBackup`: its backups in the paired region. `previous`: still
 * needed while the consumer rotates. `anyOf`: any one of several keys is enough. A consumer with several keys is observed once
 * for each.
 */
export type KeyUse = 'active' | 'geoBackup' | 'previous' | 'anyOf';

/** A virtual machine with a disk that is encrypted by a disk encryption set. */
export type Machine = {
  /** ARM id, lower-cased. */
  readonly id: string;
  readonly name: string;
  /** `deallocated` and `stopped` do not show whether a person or Azure did it. */
  readonly power: 'running' | 'stopped' | 'deallocated' | 'other';
};

/**
 * The state of a consumer. `busy`: an operation is in progress. `stopped`: switched off on purpose, or maintenance, which is
 * never an incident. `unfamiliar`: a state that no document lists, which is evidence for nothing.
 */
export type ConsumerState = 'ready' | 'inaccessible' | 'busy' | 'stopped' | 'unfamiliar';

/**
 * The version of a consumer that names its key without a version, where no other property states the version that it uses. `lag`
 * (ISO 8601 duration, where Azure documents one): for this time after a new version was made, the consumer may still use the
 * version before it.
 */
export type UnstatedVersion = {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly lag?: string;
  /**
   * This kind of consumer has to name a version, and this one does not. Nobody can tell which version it uses, and the product
   * does not take it to be the current one.
   */
  readonly isOwed?: true;
};

/** The key that a consumer uses, as the consumer names it. */
export type PinnedKey = {
  /** The key that this consumer is observed for. */
  readonly key: KeyRef;
  /**
   * The version that the consumer really uses, as its `kid` or another of its properties states it; else the reason why nothing
   * states it. Read it with `versionOf`. A stated version is a plain string, as in every row and observation since the first
   * release.
   */
  readonly version: string | UnstatedVersion;
  /** Key identifier as the consumer names it, with or without a version. */
  readonly kid: string;
};

export type ConsumerFacts = {
  /** ARM resource id, in the casing of Azure. Compare lower-cased. */
  readonly id: string;
  readonly kind: ConsumerKind;
  readonly name: string;
  readonly location: string;
  readonly state: Fact<{ readonly state: ConsumerState; readonly raw: string }>;
  readonly pinned: PinnedKey;
  /** `active` where it is left out. */
  readonly use?: KeyUse;
  /** Identifiers of the other keys, as the consumer names them, where it needs only one of several keys. */
  readonly otherKeys?: readonly string[];
  /** Whether one of `otherKeys` can be used. Asked for only where this key, or this consumer, is not well. */
  readonly otherKeyWorks?: Fact<boolean>;
  /**
   * Object id of the identity with which the consumer uses the key, lower-cased. `absent`: the consumer has no identity, or its
   * identity is deleted.
   */
  readonly principalId: Fact<string>;
  /**
   * The identity of the consumer is also the identity of the product. Left out where it is another, or where the product does not
   * know its own identity.
   */
  readonly actsAsProduct?: true;
  /** The identity behind `principalId`, also where that principal does not exist any more. */
  readonly identity?: ConsumerIdentity;
  /**
   * The product has read that the user-assigned identity of the consumer is not there any more, or is another identity of the
   * same name.
   */
  readonly identityGone?: true;
  /**
   * The principal of an identity that is believed to be gone on a 404 alone. Another identity of the same name would be proof by
   * Azure itself, and is not meant here.
   */
  readonly identityMissed?: string;
  /** When the consumer was made (ISO 8601), where Azure shows it. */
  readonly birth?: string;
  /**
   * The consumer existed at this time already (ISO 8601): the time of its oldest restore point, which moves on. No row keeps it.
   */
  readonly existsSince?: string;
  /** Entra tenant of the identity of the consumer, where the identity states it. */
  readonly tenantId?: string;
  /** ARM id, lower-cased, of the source of which the consumer is a copy, as Azure itself says. */
  readonly copyOf?: string;
  /** The consumer replicates its source now: the Azure CLI can set neither the key nor the identity of a replica. */
  readonly isReplica?: true;
  /** For a disk encryption set. `error`: the automatic rotation has stopped, until the set is updated. */
  readonly rotation?: {
    readonly toLatest: boolean;
    readonly error?: { readonly code: string; readonly message: string };
  };
  /**
   * The multi-tenant application of a disk encryption set whose key lies in another tenant: the product reports it, and never
   * grants it access.
   */
  readonly federatedClientId?: string;
  /** The machines of a disk encryption set; left out where they were not asked for. */
  readonly machines?: Fact<readonly Machine[]>;
  readonly tags: Readonly<Record<string, string>>;
};

/**
 * The fate of a key of which a pinned version is not found. `deleted`: soft-deleted, and recoverable until the time given (ISO
 * 8601). `versionMissing`: the key is there without that version; versions cannot be deleted one by one, so it is another key of
 * that name. `gone`: the vault has neither a key nor a deleted key of that name; a key that is being deleted or recovered looks
 * the same for some seconds.
 */
export type KeyLoss =
  | {
      readonly kind: 'deleted';
      readonly deletedOn: string;
      readonly recoverableUntil: string;
      /**
       * The current version of the deleted key, and the SHA-256 of its public part: a deleted key shows nothing else of its
       * identity.
       */
      readonly version?: string;
      readonly material?: string;
      /** Tags of the current version of the deleted key. */
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'versionMissing' }
  | { readonly kind: 'gone' };

/** A version that was once the current one. `at` (ISO 8601): when the version after it was made. */
export type SupersededVersion = { readonly version: string; readonly at: string };

/** One key with everything that depends on it, at one moment. */
export type KeyObservation = {
  readonly key: KeyRef;
  readonly observedAt: string;
  readonly vault: Fact<VaultFacts>;
  /** By version: every version that a consumer pins, or may be using. */
  readonly versions: Readonly<Record<string, Fact<KeyVersionFacts>>>;
  /** Asked for only where the vault is not found. */
  readonly vaultLoss?: Fact<VaultLoss>;
  /** By principal id, lower-cased: what the identity of every consumer may do with this key. */
  readonly access?: Readonly<Record<string, Fact<Access>>>;
  /**
   * By principal id, lower-cased: permissions from the principal's own access policies. Only for principals whose access is
   * unknown because a group may give them more.
   */
  readonly direct?: Readonly<Record<string, readonly KeyPermission[]>>;
  /**
   * Whether the vault holds other keys, which an access policy would open too. Asked for only where a permission is missing.
   */
  readonly otherKeys?: Fact<boolean>;
  /**
   * The current version, whether or not a consumer pins it. Asked for only where a consumer names no version, or where a pinned
   * version cannot go on. `absent`: the key is not there, so it has no current version.
   */
  readonly current?: Fact<KeyVersionFacts>;
  /**
   * The versions before the current one that a consumer may still be using, newest first. Asked for only where a consumer names
   * no version and the current version is younger than the lag of that consumer.
   */
  readonly superseded?: Fact<readonly SupersededVersion[]>;
  /**
   * A version that was in use at the last healthy look. Asked for only where the current version is not among the recorded ones
   * and no consumer states a recorded one: a rotated key still holds the recorded version, another key of the same name does not.
   */
  readonly recorded?: Fact<KeyVersionFacts>;
  /** Name of the blob with a backup of the key. Asked for only where the key is gone. */
  readonly backup?: Fact<string>;
  /** SHA-256 of the content of the backup. */
  readonly backupContent?: string;
  /**
   * The parts of the last snapshot that the recovered vault has not got back, without the parts that somebody took away on
   * purpose. `absent`: there is no snapshot. Asked for only after this incident recovered the vault.
   */
  readonly notRebuilt?: Fact<VaultDependents>;
  /**
   * Role assignments of that snapshot that somebody took away before the vault was deleted: to give one again undoes that act.
   * `unknown`: the activity log does not say, so that each of them may have been taken away. Asked for together with
   * `notRebuilt`.
   */
  readonly takenAway?: Fact<readonly RoleAssignmentFacts[]>;
  /**
   * Ids, lower-cased, of event subscriptions and diagnostic settings that somebody deleted before the vault was deleted, or after
   * it was recovered. `unknown`: the activity log does not say. Asked for together with `notRebuilt`.
   */
  readonly partsTaken?: Fact<readonly string[]>;
  /** When the recovered vault had been deleted (ISO 8601), where the activity log says so. */
  readonly vaultDeletedAt?: string;
  /** Flexible servers without a key of the customer, lower-cased, that have the name of a single server that is gone. */
  readonly migrated?: readonly string[];
  /**
   * The fate of the key. Asked for only where a pinned version is absent. Only the data plane knows: a firewall makes it unknown.
   */
  readonly loss?: Fact<KeyLoss>;
  /**
   * Consumers that Azure does not find, and that the product does not believe to be gone yet: ids, lower-cased, with the reason.
   * They are among `consumers` with the state `absent`, so that no step is taken for them.
   */
  readonly unsure?: Readonly<Record<string, string>>;
  /** `unknown` where not all consumers could be listed: then the observation is incomplete. */
  readonly consumers: Fact<readonly ConsumerFacts[]>;
};

export const present = <T>(value: T): Fact<T> => ({ kind: 'present', value });
export const absent: Fact<never> = { kind: 'absent' };
export const unknown = (reason: string): Fact<never> => ({ kind: 'unknown', reason });
