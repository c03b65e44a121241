import { replicationRole } from './copy-server.ts';
import { identityJson } from './identity-json.ts';
import type { FlexibleServer, Server } from './server.ts';

/** The further facts that decide on its state and role: an operation in progress, the copies. */
export type Around = { busy: boolean; copies: Server[] };

const STATES = { ready: 'Ready', inaccessible: 'Inaccessible', stopped: 'Stopped' } as const;

/**
 * `Server` of Microsoft.DBforMySQL/flexibleServers 2023-12-30 and 2024-12-30. The state Inaccessible is in the
 * documentation of customer-managed keys, though not in the enumeration of either version.
 */
export const flexibleServerJson = (server: FlexibleServer, apiVersion: string, { busy, copies }: Around) => ({
  ...identityJson(server),
  sku: { name: server.sku.name, tier: server.sku.tier },
  properties: {
    administratorLogin: server.administratorLogin,
    storage: storageJson(server, apiVersion),
    version: server.version,
    state: server.dropping ? 'Dropping' : busy ? 'Updating' : STATES[server.availability.condition],
    fullyQualifiedDomainName: `${server.name}.mysql.database.azure.com`,
    availabilityZone: '1',
    maintenanceWindow: { customWindow: 'Disabled', dayOfWeek: 0, startHour: 0, startMinute: 0 },
    ...(server.dataEncryption ? { dataEncryption: { type: 'AzureKeyVault', ...server.dataEncryption } } : {}),
    ...(server.copiedFrom ? { sourceServerResourceId: server.copiedFrom.id } : {}),
    replicationRole: replicationRole(server, copies),
    replicaCapacity: 10,
    network: { publicNetworkAccess: 'Enabled' },
    backup: {
      backupRetentionDays: 7,
      geoRedundantBackup: server.dataEncryption?.geoBackupKeyURI ? 'Enabled' : 'Disabled',
      earliestRestoreDate: new Date(server.createdAt).toISOString(),
    },
    highAvailability: { mode: 'Disabled', state: 'NotEnabled' },
    ...(apiVersion >= '2024-12-30' ? { databasePort: 3306, maintenancePolicy: { patchStrategy: 'Regular' } } : {}),
  },
  location: server.location,
  tags: server.tags,
  id: server.id,
  name: server.name,
  type: 'Microsoft.DBforMySQL/flexibleServers',
});

const storageJson = ({ storageGB }: FlexibleServer, apiVersion: string) => ({
  storageSizeGB: storageGB,
  iops: 600,
  autoGrow: 'Enabled',
  storageSku: 'Premium_LRS',
  ...(apiVersion >= '2024-12-30' ? { storageRedundancy: 'LocalRedundancy' } : {}),
});
