import { providerNamed } from './resource-providers.ts';

type Verbs = Readonly<Record<string, readonly string[]>>;

const CRUD = ['read', 'write', 'delete'];

/**
 * Operations of the control planes that this cloud plays and that no route of it stands for (Microsoft Learn, "Azure
 * permissions"); those of routes need no row.
 */
const ACTIONS: Verbs = {
  'Microsoft.Authorization/denyAssignments': ['read'],
  'Microsoft.Authorization/elevateAccess': ['action'],
  'Microsoft.Authorization/locks': CRUD,
  'Microsoft.Authorization/policyAssignments': CRUD,
  'Microsoft.Authorization/policyDefinitions': CRUD,
  'Microsoft.Authorization/roleAssignments': CRUD,
  'Microsoft.Authorization/roleDefinitions': CRUD,
  'Microsoft.Compute/diskEncryptionSets': CRUD,
  'Microsoft.Compute/disks': [...CRUD, 'beginGetAccess/action', 'endGetAccess/action'],
  'Microsoft.Compute/locations/diskOperations': ['read'],
  'Microsoft.Compute/locations/operations': ['read'],
  'Microsoft.Compute/virtualMachineScaleSets': [...CRUD, 'start/action', 'deallocate/action', 'restart/action'],
  'Microsoft.Compute/virtualMachines': [
    ...CRUD,
    'start/action',
    'deallocate/action',
    'restart/action',
    'powerOff/action',
  ],
  'Microsoft.Compute/virtualMachines/instanceView': ['read'],
  'Microsoft.ContainerService/managedClusters': CRUD,
  'Microsoft.ContainerService/managedClusters/agentPools': CRUD,
  'Microsoft.DBforMySQL/flexibleServers': [...CRUD, 'start/action', 'stop/action', 'restart/action', 'failover/action'],
  'Microsoft.DBforMySQL/servers': [...CRUD, 'restart/action', 'start/action', 'stop/action'],
  'Microsoft.DBforMySQL/servers/keys': CRUD,
  'Microsoft.EventGrid/domains': CRUD,
  'Microsoft.EventGrid/eventSubscriptions': [...CRUD, 'getFullUrl/action'],
  'Microsoft.EventGrid/namespaces': CRUD,
  'Microsoft.EventGrid/partnerNamespaces': CRUD,
  'Microsoft.EventGrid/systemTopics': CRUD,
  'Microsoft.EventGrid/topics': [...CRUD, 'listKeys/action', 'regenerateKey/action'],
  'Microsoft.Insights/actionGroups': CRUD,
  'Microsoft.Insights/activityLogAlerts': CRUD,
  'Microsoft.Insights/diagnosticSettings': CRUD,
  'Microsoft.Insights/eventtypes/values': ['read'],
  'Microsoft.Insights/metrics': ['read', 'write', 'action'],
  'Microsoft.Insights/scheduledQueryRules': CRUD,
  'Microsoft.KeyVault': ['register/action', 'unregister/action', 'checkNameAvailability/read', 'operations/read'],
  'Microsoft.KeyVault/deletedVaults': ['read'],
  'Microsoft.KeyVault/hsmPools': [...CRUD, 'joinVault/action'],
  'Microsoft.KeyVault/locations/deletedVaults': ['read', 'purge/action'],
  'Microsoft.KeyVault/locations/operationResults': ['read'],
  'Microsoft.KeyVault/managedHsms': CRUD,
  'Microsoft.KeyVault/vaults': [...CRUD, 'deploy/action'],
  'Microsoft.KeyVault/vaults/accessPolicies': ['write'],
  'Microsoft.KeyVault/vaults/keys': ['read', 'write'],
  'Microsoft.KeyVault/vaults/keys/versions': ['read'],
  'Microsoft.KeyVault/vaults/secrets': ['read', 'write'],
  'Microsoft.ManagedIdentity/userAssignedIdentities': [...CRUD, 'assign/action'],
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials': CRUD,
  'Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval': ['action'],
  'Microsoft.Network/natGateways': [...CRUD, 'join/action'],
  'Microsoft.Network/networkSecurityGroups': [...CRUD, 'join/action'],
  'Microsoft.Network/privateDnsZones': [...CRUD, 'join/action'],
  'Microsoft.Network/routeTables': [...CRUD, 'join/action'],
  'Microsoft.Network/virtualNetworks': [...CRUD, 'peer/action', 'join/action'],
  'Microsoft.Network/virtualNetworks/subnets': [...CRUD, 'join/action', 'joinViaServiceEndpoint/action'],
  'Microsoft.OperationalInsights/workspaces': [...CRUD, 'sharedKeys/action', 'search/action', 'query/read'],
  'Microsoft.OperationalInsights/workspaces/analytics': ['query/action'],
  'Microsoft.OperationalInsights/workspaces/sharedKeys': ['read'],
  'Microsoft.ResourceGraph/resources': ['read'],
  'Microsoft.ResourceHealth/availabilityStatuses': ['read', 'current/read'],
  'Microsoft.Resources/deployments': [...CRUD, 'validate/action', 'cancel/action'],
  'Microsoft.Resources/subscriptions': ['read'],
  'Microsoft.Resources/subscriptions/resourceGroups': [...CRUD, 'moveResources/action', 'validateMoveResources/action'],
  'Microsoft.Storage/storageAccounts': [
    ...CRUD,
    'listkeys/action',
    'regeneratekey/action',
    'listAccountSas/action',
  ].concat('listServiceSas/action'),
  'Microsoft.Storage/storageAccounts/blobServices': [...CRUD, 'generateUserDelegationKey/action'],
  'Microsoft.Storage/storageAccounts/blobServices/containers': [...CRUD, 'setLegalHold/action', 'migrate/action'],
  'Microsoft.Storage/storageAccounts/managementPolicies': CRUD,
  'Microsoft.Storage/storageAccounts/queueServices/queues': CRUD,
  'Microsoft.Storage/storageAccounts/tableServices/tables': CRUD,
  'Microsoft.Support/supportTickets': ['read', 'write'],
};

const DATA_ACTIONS: Verbs = {
  'Microsoft.EventGrid/events': ['send/action'],
  'Microsoft.Insights/metrics': ['write'],
  'Microsoft.KeyVault/vaults/certificates': ['read', 'create/action', 'delete', 'import/action', 'update/action'],
  'Microsoft.KeyVault/vaults/keyrotationpolicies': ['read', 'write'],
  'Microsoft.KeyVault/vaults/keys': ['read', 'create/action', 'delete', 'import/action', 'update/action'].concat(
    ['backup', 'restore', 'recover', 'purge', 'encrypt', 'decrypt', 'wrap', 'unwrap', 'sign', 'verify', 'release'].map(
      (verb) => `${verb}/action`,
    ),
    'rotate/action',
  ),
  'Microsoft.KeyVault/vaults/secrets': ['delete', 'readMetadata/action', 'getSecret/action', 'setSecret/action'].concat(
    ['update', 'backup', 'restore', 'recover', 'purge'].map((verb) => `${verb}/action`),
  ),
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs': ['read', 'write', 'delete', 'add/action'].concat(
    ['move', 'filter', 'permanentDelete', 'modifyPermissions', 'runAsSuperUser', 'deleteBlobVersion'].map(
      (verb) => `${verb}/action`,
    ),
    'immutableStorage/runAsSuperUser/action',
    'tags/read',
    'tags/write',
  ),
  'Microsoft.Storage/storageAccounts/fileServices/fileshares/files': ['read', 'write', 'delete'],
  'Microsoft.Storage/storageAccounts/queueServices/queues/messages': ['read', 'write', 'delete'].concat(
    'add/action',
    'process/action',
  ),
  'Microsoft.Storage/storageAccounts/tableServices/tables/entities': ['read', 'write', 'delete'].concat(
    'add/action',
    'update/action',
  ),
};

const named = (verbs: Verbs): string[] =>
  Object.entries(verbs).flatMap(([type, each]) => each.map((verb) => `${type}/${verb}`));

const ALL = { actions: named(ACTIONS), dataActions: named(DATA_ACTIONS) } as const;

/**
 * `nowhere`: no provider of Azure has that namespace; `unknown`: the provider has no operation of that name; `unplayed`: this
 * cloud does not play the provider and cannot decide.
 */
export type Recognised = 'known' | 'nowhere' | 'unknown' | 'unplayed';

const covers = (pattern: string): RegExp => {
  const literals = pattern.split('*').map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 'i');
};

/** Whether a permission of a role names an operation that there is. `served`: the actions of this cloud's own routes. */
export const recognise = (kind: 'actions' | 'dataActions', pattern: string, served: readonly string[]): Recognised => {
  const [namespace = ''] = pattern.split('/');
  if (namespace.includes('*')) return 'known';
  if (providerNamed(namespace) === undefined) return 'nowhere';
  if (/^(un)?register\/action$/i.test(pattern.slice(namespace.length + 1))) return 'known';
  const known = kind === 'actions' ? [...ALL.actions, ...served] : ALL.dataActions;
  const matches = covers(pattern);
  if (known.some((one) => matches.test(one))) return 'known';
  const plays = [...ALL.actions, ...served].some((one) => one.toLowerCase().startsWith(`${namespace.toLowerCase()}/`));
  return plays ? 'unknown' : 'unplayed';
};
