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
  readonly privateEndpoints: number;
};

/** A role that the app's principal has. Actions as the role definition has them. */
export type Assignment = {
  readonly scope: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
  readonly condition?: string;
};

export type EventSubscription = { readonly id: string; readonly functionId: string; readonly state: string };

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
  /** Of the principal that the app works as, in the subscription and above and below, and at its accounts. */
  readonly assignments: Fact<readonly Assignment[]>;
  /** Those that end at functions of this app. */
  readonly eventSubscriptions: Fact<readonly EventSubscription[]>;
  readonly registration: Fact<Registration>;
  readonly health: Fact<Health>;
};
