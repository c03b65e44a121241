import type { Json } from './canonical.ts';
import type { ConsumerIdentity } from './consumer-identity.ts';
import type { GivenRight } from './given-roles.ts';
import type { KeyPermission } from './key-permission.ts';
import type { KeyRef } from './key-ref.ts';
import type { ConsumerKind } from './profiles.ts';

/** What was observed. A 403, a firewall or a timeout in our own way is `unknown`, never `absent`. */
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
  /** When any of its attributes or tags was last written. */
  readonly updatedOn?: string;
  /** `RSA`, `RSA-HSM`, … */
  readonly keyType: string;
  /** Bits; absent where the plane that was read does not tell. */
  readonly keySize?: number;
  readonly recoveryLevel?: string;
  /** `key_ops`: what it may be used for, whoever asks; absent where the plane that was read does not tell. */
  readonly operations?: readonly string[];
  /** It has a release policy, by which Key Vault gives it away to what is attested. */
  readonly isExportable?: true;
  /** SHA-256 of its public part. The data plane tells in a read of one version; the control plane and lists do not. */
  readonly material?: string;
  readonly tags: Readonly<Record<string, string>>;
};

export type VaultFacts = {
  readonly id: string;
  /** When it was made (ISO 8601): `systemData.createdAt`. Left out where Azure does not show it, which says nothing. */
  readonly birth?: string;
  readonly name: string;
  readonly uri: string;
  readonly location: string;
  readonly tenantId: string;
  /** `enableRbacAuthorization` false or null means access policies. */
  readonly permissionModel: 'accessPolicies' | 'rbac';
  readonly network: NetworkRules;
  /** As written in the vault, whether or not its permission model heeds them. */
  readonly accessPolicies: readonly AccessPolicy[];
  /** `retentionDays` where the vault states it: fixed when the vault was made. */
  readonly softDelete: {
    readonly enabled: boolean;
    readonly retentionDays?: number;
    readonly purgeProtection: boolean;
  };
  /** How many private endpoint connections it has. */
  readonly privateEndpoints: number;
  /** `Succeeded`, or what it is doing: `RegisteringDns` while it is being recovered. */
  readonly provisioningState: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** Rules of a vault's firewall. It guards the data plane only. */
export type NetworkRules = {
  /** `Enabled`, `Disabled`, `SecuredByPerimeter`. */
  readonly publicNetworkAccess: string;
  /** `Allow`, `Deny`. */
  readonly defaultAction: string;
  /** `AzureServices`, `None`. A perimeter overrides it. */
  readonly bypass: string;
  /** CIDR ranges, sorted. */
  readonly ipRules: readonly string[];
  /** ARM ids of subnets, lower-cased, sorted. */
  readonly virtualNetworkRules: readonly string[];
};

/** An entry of the access policies. With an `applicationId` it is for a compound identity, which no consumer is. */
export type AccessPolicy = {
  readonly tenantId: string;
  /** Lower-cased. May be a group: the vault does not tell. */
  readonly objectId: string;
  readonly applicationId?: string;
  /** Permissions on keys, lower-cased as Azure varies; `all` means all of them. */
  readonly keys: readonly string[];
  /** Permissions on anything else: `secrets get`, …; left out where there are none. */
  readonly others?: readonly string[];
};

/** What became of a vault that is not found. `gone`: neither a vault nor a deleted one of that name. */
export type VaultLoss =
  | {
      readonly kind: 'deleted';
      /** ARM id that it had, as Azure spells it. */
      readonly vaultId: string;
      readonly location: string;
      /** ISO 8601. */
      readonly deletedOn: string;
      readonly recoverableUntil: string;
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'gone' };

/** A role that a principal holds itself, without a condition, with what it gives of a key's access path. */
export type HeldRole = {
  /** Resource id, lower-cased: of the key, its vault, or what lies above them. */
  readonly scope: string;
  /** GUID of the role's definition, lower-cased. */
  readonly role: string;
  readonly gives: readonly GivenRight[];
};

/** What a principal may do with one key by the permission model that its vault really uses. */
export type Access = {
  readonly permissions: readonly KeyPermission[];
  /** The roles that give it any of this, sorted. Left out where no role was asked for. */
  readonly roles?: readonly HeldRole[];
  /**
   * Whether it may read the vault as a resource: Reader or wider. Only asked for disk encryption sets (S1.20), and left out
   * where nobody could tell.
   */
  readonly reader?: boolean;
};

/**
 * Which of its keys this is to a consumer: `active`, the key for its backups in the paired region, one that it still needs
 * while it rotates, or one of several of which any is enough. A consumer with several keys is observed once for each.
 */
export type KeyUse = 'active' | 'geoBackup' | 'previous' | 'anyOf';

/** A virtual machine with a disk that hangs on a disk encryption set. */
export type Machine = {
  /** ARM id, lower-cased. */
  readonly id: string;
  readonly name: string;
  /** `deallocated` and `stopped` say nothing of who did it. */
  readonly power: 'running' | 'stopped' | 'deallocated' | 'other';
};

/**
 * What a consumer's own state says. `busy`: an operation is in progress there. `stopped`: switched off on purpose, or
 * maintenance: never an incident. `unfamiliar`: a state that no document lists; evidence for nothing.
 */
export type ConsumerState = 'ready' | 'inaccessible' | 'busy' | 'stopped' | 'unfamiliar';

/**
 * The version of a consumer that names its key without one, where nothing beside it states which it uses: the current
 * version. `lag` (ISO 8601 duration, where Azure documents one): for so long after a new version was made the consumer may
 * still be using the one before it.
 */
export type UnstatedVersion = {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly lag?: string;
  /** Its kind has to name a version, and does not: which one it uses nobody can tell, and it is not taken to be the current one. */
  readonly isOwed?: true;
};

/** The key that a consumer uses, as the consumer names it. */
export type PinnedKey = {
  /** Which `KeyRef` this consumer is observed for. */
  readonly key: KeyRef;
  /**
   * The version that it really uses, as its `kid` or the resource beside it states it; else why nobody states it. Ask
   * `versionOf`: a version that is stated is written bare, as in every row and observation since the first release.
   */
  readonly version: string | UnstatedVersion;
  /** Key identifier as the consumer names it, with or without version. */
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
  /** Of one of several keys of which any is enough: identifiers of the others, as the consumer names them. */
  readonly otherKeys?: readonly string[];
  /** Whether one of those can be used. Asked for only where this key, or this consumer, is not well. */
  readonly otherKeyWorks?: Fact<boolean>;
  /** Object id of the identity it uses the key with, lower-cased. `absent`: it has no identity, or that is deleted. */
  readonly principalId: Fact<string>;
  /** That identity is the product's own. Left out where it is another, or nobody could tell who the product is. */
  readonly actsAsProduct?: true;
  /** The identity behind `principalId`, also where that one does not exist any more. */
  readonly identity?: ConsumerIdentity;
  /** Its user-assigned identity was read, and is not there any more, or is another one of the same name. */
  readonly identityGone?: true;
  /** The principal of that identity, where nothing but a 404 says that it is gone: another of its name would be Azure's own word. */
  readonly identityMissed?: string;
  /** When it was made (ISO 8601), where Azure shows it. */
  readonly birth?: string;
  /** It was there already then (ISO 8601): its oldest restore point, which moves on with time. No row keeps it. */
  readonly existsSince?: string;
  /** Entra tenant of its identity, where it states one. */
  readonly tenantId?: string;
  /** What Azure itself says that it is a copy of: ARM id of the source, lower-cased. */
  readonly copyOf?: string;
  /** It replicates its source now: the Azure CLI sets neither key nor identity of it. */
  readonly isReplica?: true;
  /** Of a disk encryption set. `error`: the automatic rotation has stopped, until the set is updated. */
  readonly rotation?: {
    readonly toLatest: boolean;
    readonly error?: { readonly code: string; readonly message: string };
  };
  /** The multi-tenant application of a disk encryption set whose key lies in another tenant: reported, never granted. */
  readonly federatedClientId?: string;
  /** Of a disk encryption set, and only where they were asked for. */
  readonly machines?: Fact<readonly Machine[]>;
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
      /** Its current version, and the material of that: all that a deleted key shows of what it is. */
      readonly version?: string;
      readonly material?: string;
      /** Of its current version. */
      readonly tags: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'versionMissing' }
  | { readonly kind: 'gone' };

/** A version that was the current one. `at` (ISO 8601): when the version after it was made. */
export type SupersededVersion = { readonly version: string; readonly at: string };

/** One key with everything that depends on it, at one moment. */
export type KeyObservation = {
  readonly key: KeyRef;
  readonly observedAt: string;
  readonly vault: Fact<VaultFacts>;
  /** By version: every version that some consumer pins, or may be using. */
  readonly versions: Readonly<Record<string, Fact<KeyVersionFacts>>>;
  /** Asked for only where the vault is not found. */
  readonly vaultLoss?: Fact<VaultLoss>;
  /** By principal id, lower-cased: what the identity of every consumer may do with this key. */
  readonly access?: Readonly<Record<string, Fact<Access>>>;
  /** By principal id, lower-cased: what those may do by access policies of their own whose access is unknown only because a group may give them more. */
  readonly direct?: Readonly<Record<string, readonly KeyPermission[]>>;
  /** Whether the vault holds other keys, which an access policy would open too. Asked for only where one is missing. */
  readonly otherKeys?: Fact<boolean>;
  /**
   * The current version, whoever pins it. Asked for only where a consumer names no version, or a pinned one cannot go on.
   * `absent`: the key has none, for it is not there.
   */
  readonly current?: Fact<KeyVersionFacts>;
  /**
   * The versions before the current one that a consumer may still be using, newest first. Asked for only where a consumer
   * names no version, and the current one is younger than its lag.
   */
  readonly superseded?: Fact<readonly SupersededVersion[]>;
  /**
   * A version that was in use when all was well. Asked for only where the current one is none of those, and no consumer states
   * one of them: a key that was rotated holds it still, another key of that name does not.
   */
  readonly recorded?: Fact<KeyVersionFacts>;
  /** Name of the blob with a backup of the key. Asked for only where the key is gone. */
  readonly backup?: Fact<string>;
  /** SHA-256 of its content. */
  readonly backupContent?: string;
  /**
   * What a recovered vault has not got back of its last snapshot, without what was taken away on purpose. `absent`: there is
   * no snapshot. Asked for only after this incident recovered it.
   */
  readonly notRebuilt?: Fact<VaultDependents>;
  /**
   * Role assignments of that snapshot that somebody took away before the vault was deleted: to give one again undoes that
   * act. `unknown`: the activity log does not tell, and any may have been. Asked for together with `notRebuilt`.
   */
  readonly takenAway?: Fact<readonly RoleAssignmentFacts[]>;
  /**
   * Ids, lower-cased, of event subscriptions and diagnostic settings that somebody deleted before the vault was, or after it
   * was back. `unknown`: the activity log does not tell. Asked for together with `notRebuilt`.
   */
  readonly partsTaken?: Fact<readonly string[]>;
  /** When the vault that was recovered had been deleted (ISO 8601), where the activity log tells. */
  readonly vaultDeletedAt?: string;
  /** Flexible servers without a key of the customer that bear the name of a single server which is gone, lower-cased. */
  readonly migrated?: readonly string[];
  /** Asked for only where a pinned version is absent. Only the data plane knows: a firewall makes it unknown. */
  readonly loss?: Fact<KeyLoss>;
  /**
   * Consumers that Azure does not find, and that are not believed to be gone yet: ids, lower-cased, with why. They are among
   * `consumers` with the state `absent`, so that nothing is done for them.
   */
  readonly unsure?: Readonly<Record<string, string>>;
  /** `unknown` when the consumers could not all be listed: then nothing here is complete. */
  readonly consumers: Fact<readonly ConsumerFacts[]>;
};

/** An Event Grid subscription of a vault, as Azure Resource Manager shows it, without what Azure keeps secret. */
export type EventSubscriptionFacts = {
  /** ARM id, as Azure spells it. */
  readonly id: string;
  readonly name: string;
  /** `AzureFunction`, `WebHook`, `StorageQueue`, … */
  readonly endpointType: string;
  /** Whether its events go to the product's own function app. */
  readonly own: boolean;
  /** Properties to write it with; only where its destination is a resource id, else nobody can read its secret. */
  readonly body?: Json;
};

/** A diagnostic setting of a vault, as Azure Resource Manager shows it. */
export type DiagnosticSettingFacts = { readonly id: string; readonly name: string; readonly body: Json };

/** A role assignment at a vault or below it, as Azure Resource Manager shows it. */
export type RoleAssignmentFacts = {
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly principalType: string;
  /** Without it the same assignment would give more. */
  readonly condition?: string;
};

/** What hangs on a vault and dies with it: a recovered one lacks all of it (Key Vault, soft-delete overview). */
export type VaultDependents = {
  readonly roleAssignments: readonly RoleAssignmentFacts[];
  readonly eventSubscriptions: readonly EventSubscriptionFacts[];
  readonly diagnosticSettings: readonly DiagnosticSettingFacts[];
  readonly locks: readonly { readonly name: string; readonly level: string; readonly notes?: string }[];
};

export const present = <T>(value: T): Fact<T> => ({ kind: 'present', value });
export const absent: Fact<never> = { kind: 'absent' };
export const unknown = (reason: string): Fact<never> => ({ kind: 'unknown', reason });
