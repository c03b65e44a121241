import type { Clock } from '../clock/clock.ts';
import type { Activity } from './activity-log/activity.ts';
import type { DenyAssignments } from './arm/deny-assignments.ts';
import type { Locks } from './arm/locks.ts';
import type { Operations } from './arm/operations.ts';
import type { Policies } from './arm/policies.ts';
import type { Rbac } from './arm/rbac.ts';
import type { Subscriptions } from './arm/subscriptions.ts';
import type { Caller } from './caller.ts';
import type { Entra } from './entra/entra.ts';
import type { Network } from './network/network.ts';

/** One authenticated request. `params` come from the route's template, in the casing that the client sent. */
export type Call = {
  method: string;
  host: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
  caller: Caller;
  apiVersion: string;
  correlationId: string;
  requestId: string;
};

/** `body` goes out as JSON; `bytes` instead of it as they are, with the content type of the headers. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown; bytes?: Uint8Array };

/**
 * One operation of one plane: `arm` is https://management.azure.com, `vault` is https://{vault}.vault.azure.net
 * (params.vault comes from the host). `path` is matched case-insensitively, a trailing slash is tolerated,
 * `{name}` takes one segment and `{name*}` several. `action` is checked at the resource's scope before `handle` runs.
 * `handle` may throw an AzureError, which is answered in the plane's own words.
 */
export type Route = {
  plane: 'arm' | 'vault';
  method: string;
  path: string;
  apiVersions: string[];
  action?: string;
  /** A POST that changes nothing. */
  readsOnly?: true;
  handle(call: Call): Answer | Promise<Answer>;
};

/** The fields of a resource in the generic lists of ARM. */
export type ResourceSummary = {
  id: string;
  name: string;
  type: string;
  location: string;
  /** The tags of the resource themselves, and no copy: who writes its tags changes them here. */
  tags?: Record<string, string>;
  identity?: unknown;
  sku?: unknown;
  kind?: string;
};

/** A row of Resource Graph: the resource as ARM shows it. */
export type GraphRow = { id: string; name: string; type: string; [column: string]: unknown };

/** The tables of Resource Graph to which a service adds rows: all rows, or the row with an id. */
export type GraphTables = Partial<Record<'resources' | 'authorizationresources', (id?: string) => GraphRow[]>>;

/** `snapshot` is JSON for GET /_sim/state and never holds key material; `resources` feeds ARM's generic lists. */
export type Service = {
  name: string;
  routes: Route[];
  breaks: SimVerb[];
  repairs?: SimVerb[];
  resources?(): ResourceSummary[];
  /**
   * Deletes the resource of this id as the deletion of its group does; does nothing where the service has no such resource.
   * Throws an AzureError where the resource cannot be deleted.
   */
  remove?(id: string): void;
  graph?: GraphTables;
  snapshot(): unknown;
};

/** One verb of /_sim. `parameters` says in words what each input is; a name ending in `?` is optional. */
export type SimVerb = {
  name: string;
  title: string;
  parameters: Record<string, string>;
  run(input: Record<string, unknown>): unknown | Promise<unknown>;
};

/** A change that other services may react to; Event Grid publishes it. */
export type Change = { kind: string; resourceId: string; at: number; data?: Record<string, unknown> };

/** Behaviour of Azure that no document describes, or that tests must be able to choose. */
export type Switches = {
  /** Seconds until a role assignment or an access policy becomes effective. */
  propagationSeconds: number;
  /**
   * Api-versions that Azure does not serve though this cloud knows them, by resource type and for all below it, or for
   * `vault.azure.net`: `{ 'Microsoft.KeyVault/vaults/keys': ['2026-02-01'] }`. None when left out.
   */
  refusedApiVersions?: Readonly<Record<string, readonly string[]>>;
  /** Seconds until a resource provider is registered; 30 when left out. */
  registrationSeconds?: number;
  /** Whether Azure Resource Manager refuses a caller with an empty token bucket; `on` when left out. */
  armThrottling?: 'on' | 'off';
  /** The factor of the request quotas of vaults, so that fewer requests reach them; 1 when left out. */
  vaultQuotaScale?: number;
  /** Whether a recovered vault still uses Azure RBAC if it did; if not, it uses access policies. True when left out. */
  recoverKeepsRbac?: boolean;
  /**
   * Whether a recovered vault still shows when it was first made (`systemData.createdAt`), or when it was recovered. True when
   * left out.
   */
  recoverKeepsBirth?: boolean;
  /** Seconds for which the host of a recovered vault stays silent though the vault is provisioned; 0 when left out. */
  recoveredVaultSilentSeconds?: number;
  /** Whether the data plane shows a disabled version or refuses to, 403 KeyDisabled; `shown` when left out. */
  disabledKeyReads?: 'shown' | 'refused';
  /** Seconds by which lists of the keys of a vault may lag behind reads of single keys, on either plane; 0 when left out. */
  keyListStaleSeconds?: number;
  /** Whether pages of the data plane's list of keys are full though more follow; `full` when left out. */
  keyListPages?: 'full' | 'short';
  /** The fields of a key in Resource Manager's list: those of Microsoft's example, or all; `published` when left out. */
  controlPlaneKeyList?: 'published' | 'full';
  /** Keys on a page of that list; 100 when left out. */
  controlPlaneKeyListPage?: number;
  /** Whether that list counts as a request to the vault, and is in its audit log; `nothing` when left out. */
  controlPlaneKeyListCosts?: 'nothing' | 'keyVault';
  /** Whether a no-change PATCH of a flexible server checks its key again. */
  flexibleNoChangePatch: 'works' | 'ignored';
  /** Seconds from a failed use of the key until a server refuses connections; from its name when left out. */
  inaccessibleAfterSeconds?: number;
  /** Seconds between two uses of its key by a server; 60 when left out. */
  keyCheckSeconds?: number;
  /** Share of the events, 0 to 1, that Event Grid delivers twice; 0 when left out. */
  duplicateRate?: number;
  /** Share of the events, 0 to 1, that Event Grid holds back so that later ones overtake them; 0 when left out. */
  reorderRate?: number;
  /** How a restored flexible server or a replica begins with a customer's key; `Inaccessible` when left out. */
  flexibleCopyStarts?: 'Inaccessible' | 'Ready';
  /** Whether the service sets identity and key of a flexible replica, which the Azure CLI refuses; `taken` when left out. */
  flexibleReplicaWrites?: 'taken' | 'refused';
  /** Whether flexible servers and disk encryption sets show by `systemData` when they were made; `shown` when left out. */
  consumerSystemData?: 'shown' | 'missing';
  /** Whether Managed HSMs serve every caller that names a key of them; `serves` when left out. */
  managedHsm?: 'serves' | 'refuses';
  /** Whether a PATCH of a disk encryption set that leaves its key as it is uses it; `checks` when left out. */
  diskSetPatchChecksKey?: 'checks' | 'ignored';
  /** Seconds from the loss of their key until running machines are shut down; 3,600 when left out. */
  diskShutdownAfterSeconds?: number;
  /** Seconds until the activity log shows a write; 0 when left out. */
  activityLogDelaySeconds?: number;
  /**
   * The scopes or the locks that the refusal by a lock names: the locked scopes, or the ids of the locks; `scopes` when left out.
   * Azure has answered both.
   */
  lockedNames?: 'scopes' | 'locks';
  /** Seconds until Azure knows the assignable scopes of a role after a write of its definition; 0 when left out. */
  assignableScopeSeconds?: number;
  /**
   * Whether an immutability policy that is not locked can be changed or deleted only by a request that names its ETag
   * (`If-Match`); `named` when left out.
   */
  immutabilityChanges?: 'named' | 'free';
  /** The most role assignments that a subscription takes; 4,000 when left out. */
  roleAssignmentLimit?: number;
  /** Seconds until alert rules on the activity log see a write; 300 when left out. */
  activityAlertSeconds?: number;
  /** Seconds until queries see a row of a vault's audit log; 300 when left out. */
  auditLogDelaySeconds?: number;
  /** Which version of a token a secure webhook gets: with 1.0 it is for the id URI, not the client id; 2.0 when left out. */
  secureWebhookTokens?: '1.0' | '2.0';
  /** Whether the application of action groups has the role in the app registration; `assigned` when left out. */
  secureWebhookRole?: 'assigned' | 'missing';
  /** Whether every person in the directory may register applications (a setting of the tenant); `allowed` when left out. */
  usersRegister?: 'allowed' | 'forbidden';
  /** Seconds until lists of role assignments show a new one; 0 when left out. */
  assignmentListSeconds?: number;
  /** The principals for which the filter `assignedTo('…')` of role assignments resolves groups; `everybody` when left out. */
  assignedToResolves?: 'everybody' | 'users';
  /** Seconds by which Resource Graph lags behind; 0 when left out. */
  resourceGraphStaleSeconds?: number;
  /** How `sites/extensions/onedeploy` answers: an operation to poll, or the result at once; `accepted` when left out. */
  oneDeploy?: 'accepted' | 'done';
  /** Seconds from the start of a site's host until Azure Resource Manager lists its functions; 10 when left out. */
  functionIndexSeconds?: number;
  /** Seconds between a change and the first delivery of its event; 0 when left out. */
  eventDelaySeconds?: number;
  /**
   * Milliseconds until a request is answered, by the end of its host: `{ 'vault.azure.net': 20 }`. The effect of the request is
   * immediate. None when left out.
   */
  answerMilliseconds?: Readonly<Record<string, number>>;
  /**
   * The same in real milliseconds, which no clock skips: for a caller that measures how long a person waits. None when left out.
   */
  answerWallMilliseconds?: Readonly<Record<string, number>>;
};

export type KeyOperation = 'get' | 'list' | 'wrapKey' | 'unwrapKey';
export type KeyUser = { principalId: string; tenantId: string; trustedService: boolean };
export type KeyUse = { ok: true } | { ok: false; status: number; code: string; inner?: string; message: string };

/** How other services use keys: Key Vault checks each use as it checks a request. */
export type KeyUses = { use(user: KeyUser, kid: string, operation: KeyOperation): Promise<KeyUse> };

/** The sites of a world, for services that send requests to them. */
export type SiteAddresses = {
  /**
   * The URL on this machine of a site's https URL, or the status that Azure's front end answers; undefined for a URL of no site.
   */
  locate(url: string): { url: string } | { status: number } | undefined;
  /**
   * The webhook of a function with an Event Grid trigger, by ARM id, with its key; undefined where no site lists the function.
   */
  eventGridUrl(functionId: string): string | undefined;
};

/** The parts that the services share. */
export type World = {
  clock: Clock;
  seed: number;
  switches: Switches;
  log(line: string): void;
  entra: Entra;
  rbac: Rbac;
  locks: Locks;
  policies: Policies;
  denials: DenyAssignments;
  operations: Operations;
  activity: Activity;
  subscriptions: Subscriptions;
  network: Network;
  keyVault: KeyUses;
  sites: SiteAddresses;
  changed(change: Change): void;
  onChange(listener: (change: Change) => void): void;
};
