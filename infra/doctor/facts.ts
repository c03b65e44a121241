/**
 * The result of a read: the value is there, it is not there, or it is unknown with the reason. An unknown fact leads to no
 * conclusion.
 */
export type Fact<Value> =
  | { readonly kind: 'present'; readonly value: Value }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string };

export const present = <Value>(value: Value): Fact<Value> => ({ kind: 'present', value });
export const absent: Fact<never> = { kind: 'absent' };
export const unknown = (why: string): Fact<never> => ({ kind: 'unknown', why });

/** The value, where it is known to be there. */
export const known = <Value>(fact: Fact<Value>): Value | undefined =>
  fact.kind === 'present' ? fact.value : undefined;

export type Identity = { readonly principalId: string; readonly clientId: string; readonly resourceId: string };

export type Site = {
  readonly id: string;
  readonly state: string;
  /** `cmk-guardian.azurewebsites.net` */
  readonly hostName: string;
  readonly subnetId?: string;
  /** Object id of the system-assigned identity. */
  readonly systemPrincipalId?: string;
  readonly userIdentities: readonly Identity[];
};

export type Network = {
  readonly defaultAction: 'Allow' | 'Deny';
  readonly publicAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter';
  /** Ids of the subnets that may pass. */
  readonly subnets: readonly string[];
};

export type StorageAccount = {
  readonly id: string;
  readonly name: string;
  readonly sharedKeys: boolean;
  readonly network: Network;
  /** Ids of private endpoints whose connection is approved. */
  readonly privateEndpoints: readonly string[];
};

export type Group = { readonly id: string; readonly name: string };

/** A private DNS zone, and the virtual networks that are linked to it. */
export type Zone = { readonly id: string; readonly networks: readonly string[] };

/** The network of the app, and the DNS servers that it uses in place of Azure's. */
export type PrivateNames = { readonly network: string; readonly servers: readonly string[] };

/** A role that the app's principal has. Actions as the role definition has them. */
export type Assignment = {
  readonly scope: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
  readonly condition?: string;
  /** The group that has the role, where the principal itself does not have it. */
  readonly through?: Group;
};

/** `of`: the source of the events, a subscription or a vault. */
export type EventSubscription = {
  readonly id: string;
  readonly of: 'subscription' | 'vault';
  readonly functionId: string;
  readonly state: string;
};

export type Host = { readonly state: string; readonly errors: readonly string[] };

export type Health = { readonly status: number };

export type Registration = {
  readonly appId: string;
  readonly roles: readonly string[];
  readonly tokenVersion: number | null;
};

/** All facts of an installation, read from outside, with the rights of the person who runs the command. */
export type Facts = {
  readonly subscriptionId: string;
  readonly group: string;
  readonly app: string;
  /** The tenant of the subscription. */
  readonly tenantId: Fact<string>;
  readonly site: Fact<Site>;
  /** Values are never printed. */
  readonly settings: Fact<Readonly<Record<string, string>>>;
  /** Names of the functions that the host has indexed. */
  readonly functions: Fact<readonly string[]>;
  /** The state of the host as Azure shows it: `Running`, `Error`, `Offline`, and the reason. */
  readonly host: Fact<Host>;
  /** By the name of the account in the settings. */
  readonly accounts: Readonly<Record<string, Fact<StorageAccount>>>;
  /** The groups of the product's principal, whose roles are its roles as well. */
  readonly groups: Fact<readonly Group[]>;
  /** The assignments of the principal and its groups, in the subscription of the app and above and below, and at its accounts. */
  readonly assignments: Fact<readonly Assignment[]>;
  /** The same in the other subscriptions of the settings, by their id. */
  readonly elsewhere: Readonly<Record<string, Fact<readonly Assignment[]>>>;
  /**
   * Ids (GUIDs, lower-cased) of the subscriptions below each management group of the settings, by its name as it is written
   * there.
   */
  readonly below: Readonly<Record<string, Fact<readonly string[]>>>;
  /** The assignments of the principal and its groups at each of these management groups, and above. */
  readonly atManagementGroups: Readonly<Record<string, Fact<readonly Assignment[]>>>;
  /** The event subscriptions whose destination is a function of this app: for each subscription of the settings, by its id. */
  readonly eventSubscriptions: Readonly<Record<string, Fact<readonly EventSubscription[]>>>;
  /** The DNS of the app; absent where the app is in no network. */
  readonly privateNames: Fact<PrivateNames>;
  /** By the name of the storage account: the zones of its private endpoints. */
  readonly zones: Readonly<Record<string, Fact<readonly Zone[]>>>;
  readonly registration: Fact<Registration>;
  readonly health: Fact<Health>;
};
