import { replicationRole } from './copy-server.ts';
import { identityJson } from './identity-json.ts';
import type { Server, ServerKey, SingleServer } from './server.ts';

const STATES = { ready: 'Ready', inaccessible: 'Inaccessible', stopped: 'Disabled' } as const;

const ROLES = { None: 'None', Source: 'Master', Replica: 'Replica' } as const;

export const storageProfileJson = ({ storageGB }: SingleServer) => ({
  storageMB: storageGB * 1024,
  backupRetentionDays: 7,
  geoRedundantBackup: 'Disabled',
  storageAutogrow: 'Enabled',
});

/** `Server` of Microsoft.DBforMySQL 2017-12-01. A restored server does not say what it was restored from. */
export const singleServerJson = (server: SingleServer, copies: Server[]) => ({
  ...identityJson(server),
  sku: server.sku,
  properties: {
    administratorLogin: server.administratorLogin,
    storageProfile: storageProfileJson(server),
    version: server.version,
    sslEnforcement: 'Enabled',
    minimalTlsVersion: 'TLS1_2',
    userVisibleState: server.dropping ? 'Dropping' : STATES[server.availability.condition],
    fullyQualifiedDomainName: `${server.name}.mysql.database.azure.com`,
    earliestRestoreDate: new Date(server.createdAt).toISOString(),
    replicationRole: ROLES[replicationRole(server, copies)],
    masterServerId: server.copiedFrom?.mode === 'Replica' ? server.copiedFrom.id : '',
    replicaCapacity: 5,
    byokEnforcement: server.key ? 'Enabled' : 'Disabled',
    privateEndpointConnections: [],
    infrastructureEncryption: 'Disabled',
    publicNetworkAccess: 'Enabled',
  },
  location: server.location,
  tags: server.tags,
  id: server.id,
  name: server.name,
  type: 'Microsoft.DBforMySQL/servers',
});

/** `ServerKey` of Microsoft.DBforMySQL 2020-01-01. */
export const serverKeyJson = (server: SingleServer, key: ServerKey) => ({
  kind: 'azurekeyvault',
  properties: { serverKeyType: 'AzureKeyVault', uri: key.uri, creationDate: new Date(key.createdAt).toISOString() },
  id: `${server.id}/keys/${key.name}`,
  name: key.name,
  type: 'Microsoft.DBforMySQL/servers/keys',
});
