import type { Baseline } from '../remediation/model/baseline.ts';
import type { ConsumerFacts, Fact, KeyObservation, KeyUse } from '../remediation/model/facts.ts';
import type { Finding } from '../remediation/model/findings.ts';
import type { StepVerdict } from '../remediation/policy/policy-types.ts';

/** A management lock on a resource, its group or its subscription. `scope`: ARM id, lower-cased. */
export type Lock = { readonly id: string; readonly scope: string; readonly level: 'CanNotDelete' | 'ReadOnly' };

/** Where a vault sends its log of who used which key. */
export type LogSetting = {
  readonly name: string;
  /** Whether the category AuditEvent, or a group that holds it, is on. */
  readonly audits: boolean;
  readonly destinations: readonly ('workspace' | 'eventHub' | 'storage' | 'partner')[];
};

/** A copy of the key kept in the product's storage. `takenOn`: ISO 8601. */
export type BackupRecord = { readonly name: string; readonly takenOn: string };

/** An alert rule on the activity log. */
export type AlertRule = {
  readonly id: string;
  readonly enabled: boolean;
  /** ARM ids, lower-cased, that it watches. */
  readonly scopes: readonly string[];
  /** `administrative`, `resourcehealth`, …, lower-cased. */
  readonly categories: readonly string[];
  /** What its action groups do. */
  readonly receivers: readonly ('webhook' | 'person' | 'other')[];
};

/** What is only asked for posture: how big a consumer is and what it is made of. */
export type ResourcePosture = {
  /** `Basic`, `GeneralPurpose`, `MemoryOptimized`, `Burstable`; only MySQL servers have one. */
  readonly tier?: string;
  readonly storageGb?: number;
  /** The largest storage that its region offers its generation, where Azure was asked. */
  readonly largestStorageGb?: number;
  /** `None`, `Source`, `Replica`. */
  readonly replicationRole?: string;
  readonly provisioningState?: string;
  /** ARM id of the vault that a disk encryption set names beside its key's URL; it must not where that is elsewhere. */
  readonly sourceVaultId?: string;
};

/** One version of a key, as a list of them shows it. */
export type KeyHistoryEntry = { readonly version: string; readonly enabled: boolean };

/** One use of one key by one consumer, with all that is known of the path between them. */
export type PathFacts = {
  /** ISO 8601: when it was looked at. */
  readonly now: string;
  readonly consumer: ConsumerFacts;
  readonly observation: KeyObservation;
  readonly baseline?: Baseline;
  readonly findings: readonly Finding[];
  /** What policy would do about the findings now. */
  readonly verdicts: readonly StepVerdict[];
  /** Who forbids that anything here is repaired. */
  readonly doNotHeal?: string;
  readonly resource: Fact<ResourcePosture>;
  /** Of a copy: what it was made from. */
  readonly source?: Fact<ResourcePosture>;
  readonly locks: Fact<readonly Lock[]>;
  readonly logs: Fact<readonly LogSetting[]>;
  readonly backup: Fact<BackupRecord>;
  /** Every version of the key. */
  readonly history: Fact<readonly KeyHistoryEntry[]>;
  /** When its identity last used the key (ISO 8601), by the vault's audit log. */
  readonly lastUse: Fact<string>;
  /** `Available`, `Unavailable`, … as Resource Health has it. */
  readonly health: Fact<string>;
  readonly alerts: Fact<readonly AlertRule[]>;
  /** Every key that this consumer uses. */
  readonly uses: readonly { readonly use: KeyUse; readonly kid: string }[];
  /** ARM ids, lower-cased, of every consumer of this key. */
  readonly sharedBy: readonly string[];
  /** Copies of this consumer, lower-cased ARM ids, that are not encrypted with a key of the customer. */
  readonly copiesWithoutKey: readonly string[];
  readonly settings: { readonly nearExpiry: string; readonly maximumKeyAge: string };
};

/** A class of storage in a cluster, as Kubernetes has it. */
export type StorageClass = {
  readonly name: string;
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
};

export type PoolFacts = {
  readonly name: string;
  readonly osType: string;
  /** `VirtualMachineScaleSets` or `AvailabilitySet`. */
  readonly type: string;
  /** `Managed` or `Ephemeral`. */
  readonly osDiskType: string;
  /** ARM id, lower-cased, of the set that its scale set uses; `absent`: none. */
  readonly encryptionSet: Fact<string>;
};

export type DiskFacts = {
  /** ARM id. */
  readonly id: string;
  /** `EncryptionAtRestWithPlatformKey`, `EncryptionAtRestWithCustomerKey`, … */
  readonly encryption: string;
  /** ARM id, lower-cased. */
  readonly encryptionSet?: string;
  /** ARM id of the machine it is attached to. */
  readonly managedBy?: string;
};

export type ClusterFacts = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** `1.33.2`. */
  readonly version: string;
  /** ARM id, lower-cased, of the disk encryption set it was made with. */
  readonly encryptionSet?: string;
  /** That set; `absent`: it is not there. `rotatedOn`: ISO 8601. */
  readonly set: Fact<{ readonly location: string; readonly rotatedOn?: string }>;
  readonly pools: readonly PoolFacts[];
  /** Data disks in its node resource group. */
  readonly disks: Fact<readonly DiskFacts[]>;
  /** What nobody but the cluster itself can tell. */
  readonly kubernetes: {
    readonly access: 'none' | 'granted' | 'refused';
    readonly classes: Fact<readonly StorageClass[]>;
  };
};

/** The product, as it judges itself. */
export type ProductFacts = {
  /** Actions and data actions of every role that it holds. */
  readonly rights: Fact<readonly string[]>;
  /** What it asks of an access policy. */
  readonly keyPermissions: readonly string[];
  /** Every API of Azure it speaks; `why` excuses a preview. */
  readonly apiVersions: readonly { readonly service: string; readonly version: string; readonly why?: string }[];
  /** One of every command that it hands to people. */
  readonly commands: readonly string[];
  /** The least Azure CLI that these commands need. */
  readonly azureCli: string;
  /** What it looks at the estate for, beside events. */
  readonly wakes: readonly ('sweep' | 'probe' | 'event')[];
  /** Pages that its report points to, by topic. */
  readonly links: Readonly<Record<string, string>>;
};
