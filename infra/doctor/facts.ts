/** What was read: it is there, it is not there, or nobody knows, and why. Nothing is concluded from what is unknown. */
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
  /** Subnets that are let in, by id. */
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

/** A private DNS zone, and the virtual networks that it answers. */
export type Zone = { readonly id: string; readonly networks: readonly string[] };

/** The network of the app, and the DNS servers that it asks instead of Azure's. */
export type PrivateNames = { readonly network: string; readonly servers: readonly string[] };

/** A role that the app's principal has. Actions as the role definition has them. */
export type Assignment = {
  readonly scope: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
  readonly condition?: string;
  /** The group that has it, where it is not the principal itself. */
  readonly through?: Group;
};

/** `of`: all that happens in a subscription, or in one vault. */
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

/** Everything that was looked at, from outside, with the rights of whoever runs the command. */
export type Facts = {
  readonly subscriptionId: string;
  readonly group: string;
  readonly app: string;
  /** Of the subscription. */
  readonly tenantId: Fact<string>;
  readonly site: Fact<Site>;
  /** Values are never printed. */
  readonly settings: Fact<Readonly<Record<string, string>>>;
  /** Names of what the host has indexed. */
  readonly functions: Fact<readonly string[]>;
  /** What Azure says of the host: `Running`, `Error`, `Offline`, and why. */
  readonly host: Fact<Host>;
  /** By the name that a setting has for it. */
  readonly accounts: Readonly<Record<string, Fact<StorageAccount>>>;
  /** What the principal that the app works as is in, by which it has roles as well. */
  readonly groups: Fact<readonly Group[]>;
  /** Of the principal and its groups, in the subscription of the app and above and below, and at its accounts. */
  readonly assignments: Fact<readonly Assignment[]>;
  /** The same in the other subscriptions that the settings name, by their id. */
  readonly elsewhere: Readonly<Record<string, Fact<readonly Assignment[]>>>;
  /** Ids (GUIDs, lower-cased) of the subscriptions below each management group that the settings name, by its name as they write it. */
  readonly below: Readonly<Record<string, Fact<readonly string[]>>>;
  /** What principal and groups have at each of these management groups, and above. */
  readonly atManagementGroups: Readonly<Record<string, Fact<readonly Assignment[]>>>;
  /** Those that end at functions of this app: of each subscription that the settings name, by its id. */
  readonly eventSubscriptions: Readonly<Record<string, Fact<readonly EventSubscription[]>>>;
  /** Who resolves names for the app; absent where it is in no network. */
  readonly privateNames: Fact<PrivateNames>;
  /** By the name of the storage account: the zones of its private endpoints. */
  readonly zones: Readonly<Record<string, Fact<readonly Zone[]>>>;
  readonly registration: Fact<Registration>;
  readonly health: Fact<Health>;
};
