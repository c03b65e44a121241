import type { Baseline } from '../remediation/model/baseline.ts';
import type { ConsumerFacts, Fact, KeyObservation, KeyUse } from '../remediation/model/facts.ts';
import type { Finding } from '../remediation/model/findings.ts';
import type { StepVerdict } from '../remediation/policy/policy-types.ts';

/** A management lock on a resource, its group or its subscription. `scope`: ARM id, lower-cased. */
export type Lock = { readonly id: string; readonly scope: string; readonly level: 'CanNotDelete' | 'ReadOnly' };

/** A diagnostic setting of a vault: where its log of key use goes. */
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
  /** ARM ids, lower-cased, that the rule watches. */
  readonly scopes: readonly string[];
  /** `administrative`, `resourcehealth`, …, lower-cased. */
  readonly categories: readonly string[];
  /** The kinds of receivers in its action groups. */
  readonly receivers: readonly ('webhook' | 'person' | 'other')[];
};

/** Facts that only posture reads: the size and the parts of a consumer. */
export type ResourcePosture = {
  /** `Basic`, `GeneralPurpose`, `MemoryOptimized`, `Burstable`; only MySQL servers have one. */
  readonly tier?: string;
  readonly storageGb?: number;
  /** The largest storage that the region offers to its generation, if Azure was asked. */
  readonly largestStorageGb?: number;
  /** `None`, `Source`, `Replica`. */
  readonly replicationRole?: string;
  readonly provisioningState?: string;
  /**
   * ARM id of the vault that a disk encryption set names beside its key's URL. It must be left out where the vault is
   * in another subscription.
   */
  readonly sourceVaultId?: string;
};

/** One version of a key, as a list of versions shows it. */
export type KeyHistoryEntry = { readonly version: string; readonly enabled: boolean };

/** One use of one key by one consumer, with all known facts of the path between them. */
export type PathFacts = {
  /** ISO 8601: when the path was observed. */
  readonly now: string;
  readonly consumer: ConsumerFacts;
  readonly observation: KeyObservation;
  readonly baseline?: Baseline;
  readonly findings: readonly Finding[];
  /** The policy's verdicts on the present findings. */
  readonly verdicts: readonly StepVerdict[];
  /** The do-not-heal record that forbids repairs on this path. */
  readonly doNotHeal?: string;
  readonly resource: Fact<ResourcePosture>;
  /** The resource that a copy was made from. */
  readonly source?: Fact<ResourcePosture>;
  readonly locks: Fact<readonly Lock[]>;
  readonly logs: Fact<readonly LogSetting[]>;
  readonly backup: Fact<BackupRecord>;
  /** Every version of the key. */
  readonly history: Fact<readonly KeyHistoryEntry[]>;
  /** When the consumer's identity last used the key (ISO 8601), by the vault's audit log. */
  readonly lastUse: Fact<string>;
  /** The state in Resource Health: `Available`, `Unavailable`, … */
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

/** A storage class of a cluster, as Kubernetes shows it. */
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
  /** ARM id, lower-cased, of the disk encryption set of its scale set; `absent`: it has none. */
  readonly encryptionSet: Fact<string>;
};

export type DiskFacts = {
  /** ARM id. */
  readonly id: string;
  /** `EncryptionAtRestWithPlatformKey`, `EncryptionAtRestWithCustomerKey`, … */
  readonly encryption: string;
  /** ARM id, lower-cased. */
  readonly encryptionSet?: string;
  /** ARM id of the machine that it is attached to. */
  readonly managedBy?: string;
};

export type ClusterFacts = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** The version of Kubernetes, such as `1.33.2`. */
  readonly version: string;
  /** ARM id, lower-cased, of the disk encryption set that the cluster was created with. */
  readonly encryptionSet?: string;
  /** That disk encryption set; `absent`: it does not exist. `rotatedOn`: ISO 8601. */
  readonly set: Fact<{ readonly location: string; readonly rotatedOn?: string }>;
  readonly pools: readonly PoolFacts[];
  /** The data disks in the cluster's node resource group. */
  readonly disks: Fact<readonly DiskFacts[]>;
  /** Facts that only the cluster itself knows. */
  readonly kubernetes: {
    readonly access: 'none' | 'granted' | 'refused';
    readonly classes: Fact<readonly StorageClass[]>;
  };
};

/** The product, as it judges itself. */
export type ProductFacts = {
  /** Actions and data actions of every role that the product holds. */
  readonly rights: Fact<readonly string[]>;
  /** The permissions that the product needs in an access policy. */
  readonly keyPermissions: readonly string[];
  /** Every Azure API that the product calls. `why`: the reason for a preview version. */
  readonly apiVersions: readonly { readonly service: string; readonly version: string; readonly why?: string }[];
  /** A sample of every command that the product gives to people. */
  readonly commands: readonly string[];
  /** The oldest Azure CLI version that these commands work with. */
  readonly azureCli: string;
  /** The events and timers that make the product look at the estate. */
  readonly wakes: readonly ('sweep' | 'probe' | 'event')[];
  /** Pages that the report links to, by topic. */
  readonly links: Readonly<Record<string, string>>;
};
