/** The promise of a container with a policy: no blob in it changes or is deleted before its time. */
export type ImmutabilityPolicy = {
  days: number;
  allowProtectedAppendWrites: boolean;
  allowProtectedAppendWritesAll: boolean;
  state: 'Unlocked' | 'Locked';
  etag: string;
};

/**
 * `blobs`: the instant at which each was made, in milliseconds of the world's clock, since the emulator has a clock of its own.
 */
export type Container = {
  name: string;
  properties: Record<string, unknown>;
  policy?: ImmutabilityPolicy;
  etag: string;
  writtenAt: number;
  blobs: Map<string, number>;
};

/** The rules of an account's networks, as Azure writes them. */
export type NetworkAcls = {
  bypass: string;
  defaultAction: 'Allow' | 'Deny';
  ipRules: { value: string; action?: string | undefined }[];
  virtualNetworkRules: { id: string; action?: string | undefined; state?: string | undefined }[];
};

/** The properties of an account; those that this cloud does not read are kept as they were written. */
export type AccountProperties = {
  allowSharedKeyAccess?: boolean | undefined;
  allowBlobPublicAccess?: boolean | undefined;
  publicNetworkAccess?: string | undefined;
  networkAcls: NetworkAcls;
  [written: string]: unknown;
};

/** One of the services of an account, `blob`, `queue`, `table` and `file`. */
export const SERVICES = ['blob', 'queue', 'table', 'file'] as const;
export type StorageService = (typeof SERVICES)[number];

/** `keys`: base64, two. `ready`: its hosts resolve. */
export type StorageAccount = {
  id: string;
  name: string;
  location: string;
  kind: string;
  sku: { name: string };
  tags: Record<string, string>;
  identity?: { type: string; userAssignedIdentities?: Record<string, unknown> | undefined };
  properties: AccountProperties;
  createdAt: number;
  ready: boolean;
  keys: [string, string];
  services: Record<StorageService, Record<string, unknown>>;
  containers: Map<string, Container>;
  lifecycle?: { policy: unknown; writtenAt: number };
};

export const ACCOUNT_TYPE = 'Microsoft.Storage/storageAccounts';

/** The URL of a service of an account. */
export const endpointOf = ({ name }: StorageAccount, service: StorageService): string =>
  `https://${name}.${service}.core.windows.net/`;
