import type { Availability } from './availability.ts';
import type { KeyRefusal } from './key-refusal.ts';

export type Sku = { name: string; tier: string; family?: string; capacity?: number; size?: string };

/** `createMode` of a copy, as both generations write it. */
export type CopyMode = 'PointInTimeRestore' | 'GeoRestore' | 'Replica';

/** Properties of both generations. Instants are milliseconds since 1970. */
type AnyServer = {
  id: string;
  subscription: string;
  group: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  sku: Sku;
  version: string;
  administratorLogin: string;
  storageGB: number;
  createdAt: number;
  availability: Availability;
  dropping?: boolean;
  /** The server from which it was copied. Azure does not show this of a restored single server. */
  copiedFrom?: { id: string; mode: CopyMode };
};

export type SystemIdentity = { principalId: string; tenantId: string };
/** `name` is `{vault}_{key}_{version}`, `uri` the versioned key id. */
export type ServerKey = { name: string; uri: string; createdAt: number };

/** Microsoft.DBforMySQL/servers. Without a key it is encrypted with a service-managed one. */
export type SingleServer = AnyServer & { generation: 'single'; identity?: SystemIdentity; key?: ServerKey };

export type AssignedIdentity = { principalId: string; clientId: string };
export type DataEncryption = {
  primaryKeyURI: string;
  primaryUserAssignedIdentityId: string;
  geoBackupKeyURI?: string;
  geoBackupUserAssignedIdentityId?: string;
};

/** Microsoft.DBforMySQL/flexibleServers. `identities` are user-assigned, by resource id, as they were when assigned. */
export type FlexibleServer = AnyServer & {
  generation: 'flexible';
  identities: Record<string, AssignedIdentity>;
  dataEncryption?: DataEncryption;
  /** The time and the reason since when the key of its geo-redundant backup fails; the server itself goes on. */
  geoBackupLoss?: { at: number; reason: KeyRefusal };
};

export type Server = SingleServer | FlexibleServer;

export const SERVER_TYPES = {
  single: 'Microsoft.DBforMySQL/servers',
  flexible: 'Microsoft.DBforMySQL/flexibleServers',
} as const;

/** The action that a write of a flexible server needs. */
export const FLEXIBLE_WRITE = `${SERVER_TYPES.flexible}/write`;
