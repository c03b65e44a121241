import type { Permission, RoleDefinition } from './rbac.ts';

/** Completes a permission: each list that is left out becomes empty. */
export const permission = (given: Partial<Permission>): Permission => ({
  actions: given.actions ?? [],
  notActions: given.notActions ?? [],
  dataActions: given.dataActions ?? [],
  notDataActions: given.notDataActions ?? [],
});

const builtIn = (name: string, roleName: string, permissions: Partial<Permission>): RoleDefinition => ({
  name,
  roleName,
  description: roleName,
  kind: 'BuiltInRole',
  permissions: [permission(permissions)],
  assignableScopes: ['/'],
});

const vaultReads = ['Microsoft.KeyVault/checkNameAvailability/read', 'Microsoft.KeyVault/deletedVaults/read'].concat(
  'Microsoft.KeyVault/locations/*/read',
  'Microsoft.KeyVault/vaults/*/read',
  'Microsoft.KeyVault/operations/read',
);
const keys = 'Microsoft.KeyVault/vaults/keys';
const storage = 'Microsoft.Storage/storageAccounts';

/** Microsoft Learn: role-based-access-control/built-in-roles, security and general. */
export const builtInRoles: RoleDefinition[] = [
  builtIn('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', { actions: ['*'] }),
  builtIn('b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor', {
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  }),
  builtIn('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', { actions: ['*/read'] }),
  builtIn('73c42c96-874c-492b-b04d-ab87d138a893', 'Log Analytics Reader', {
    actions: ['*/read', 'Microsoft.OperationalInsights/workspaces/analytics/query/action'].concat(
      'Microsoft.OperationalInsights/workspaces/search/action',
      'Microsoft.Support/*',
    ),
    notActions: ['Microsoft.OperationalInsights/workspaces/sharedKeys/read'],
  }),
  builtIn('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator', {
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
  }),
  builtIn('f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator', {
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
      'Microsoft.Support/*',
    ],
  }),
  builtIn('00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator', {
    actions: vaultReads,
    dataActions: ['Microsoft.KeyVault/vaults/*'],
  }),
  builtIn('f25e0fa2-a7c8-4377-a976-54943a77a395', 'Key Vault Contributor', {
    actions: ['Microsoft.KeyVault/*'],
    notActions: [
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      'Microsoft.KeyVault/hsmPools/*',
      'Microsoft.KeyVault/managedHsms/*',
    ],
  }),
  builtIn('21090545-7ca7-4776-b22c-e363652d74d2', 'Key Vault Reader', {
    actions: vaultReads,
    dataActions: ['Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
  }),
  builtIn('14b46e9e-c2b7-41b4-b07b-48a6ebf60603', 'Key Vault Crypto Officer', {
    actions: vaultReads,
    dataActions: [`${keys}/*`, 'Microsoft.KeyVault/vaults/keyrotationpolicies/*'],
  }),
  builtIn('12338af0-0e69-4776-bea7-57ae8d297424', 'Key Vault Crypto User', {
    dataActions: ['read', 'update/action', 'backup/action', 'encrypt/action', 'decrypt/action', 'wrap/action']
      .concat('unwrap/action', 'sign/action', 'verify/action')
      .map((name) => `${keys}/${name}`),
  }),
  builtIn('e147488a-f6f5-4113-8e2d-b22465e65bf6', 'Key Vault Crypto Service Encryption User', {
    actions: ['read', 'write', 'delete'].map((name) => `Microsoft.EventGrid/eventSubscriptions/${name}`),
    dataActions: [`${keys}/read`, `${keys}/wrap/action`, `${keys}/unwrap/action`],
  }),
  builtIn('d5a91429-5739-47e2-a06b-3470a27159e7', 'EventGrid Data Sender', {
    actions: ['Microsoft.Authorization/*/read', 'Microsoft.EventGrid/topics/read']
      .concat('Microsoft.EventGrid/domains/read', 'Microsoft.EventGrid/partnerNamespaces/read')
      .concat('Microsoft.Resources/subscriptions/resourceGroups/read', 'Microsoft.EventGrid/namespaces/read'),
    dataActions: ['Microsoft.EventGrid/events/send/action'],
  }),
  builtIn('b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner', {
    actions: [`${storage}/blobServices/containers/*`, `${storage}/blobServices/generateUserDelegationKey/action`],
    dataActions: [`${storage}/blobServices/containers/blobs/*`],
  }),
  builtIn('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', {
    actions: ['delete', 'read', 'write']
      .map((verb) => `${storage}/blobServices/containers/${verb}`)
      .concat(`${storage}/blobServices/generateUserDelegationKey/action`),
    dataActions: ['delete', 'read', 'write', 'move/action', 'add/action'].map(
      (verb) => `${storage}/blobServices/containers/blobs/${verb}`,
    ),
  }),
  builtIn('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader', {
    actions: [`${storage}/blobServices/containers/read`, `${storage}/blobServices/generateUserDelegationKey/action`],
    dataActions: [`${storage}/blobServices/containers/blobs/read`],
  }),
  builtIn('3913510d-42f4-4e42-8a64-420c390055eb', 'Monitoring Metrics Publisher', {
    actions: ['Microsoft.Insights/Register/Action', 'Microsoft.Resources/subscriptions/resourceGroups/read'],
    dataActions: ['Microsoft.Insights/Metrics/Write', 'Microsoft.Insights/Telemetry/Write'],
  }),
  builtIn('974c5e8b-45b9-4653-ba55-5f855dd0fb88', 'Storage Queue Data Contributor', {
    actions: ['delete', 'read', 'write'].map((verb) => `${storage}/queueServices/queues/${verb}`),
    dataActions: ['delete', 'read', 'write', 'process/action'].map(
      (verb) => `${storage}/queueServices/queues/messages/${verb}`,
    ),
  }),
  builtIn('c6a89b2d-59bc-44d0-9896-0f6e12d7b80a', 'Storage Queue Data Message Sender', {
    dataActions: [`${storage}/queueServices/queues/messages/add/action`],
  }),
  builtIn('0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', 'Storage Table Data Contributor', {
    actions: ['read', 'write', 'delete'].map((verb) => `${storage}/tableServices/tables/${verb}`),
    dataActions: ['read', 'write', 'delete', 'add/action', 'update/action'].map(
      (verb) => `${storage}/tableServices/tables/entities/${verb}`,
    ),
  }),
  builtIn('17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor', {
    actions: ['Microsoft.Authorization/*/read', 'Microsoft.Insights/alertRules/*'].concat(
      'Microsoft.Insights/diagnosticSettings/*',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      `${storage}/*`,
    ),
  }),
  builtIn('de139f84-1756-47ae-9be6-808fbbe84772', 'Website Contributor', {
    actions: ['Microsoft.Authorization/*/read', 'Microsoft.Insights/alertRules/*', 'Microsoft.Insights/components/*']
      .concat('Microsoft.ResourceHealth/availabilityStatuses/read', 'Microsoft.Resources/deployments/*')
      .concat('Microsoft.Resources/subscriptions/resourceGroups/read', 'Microsoft.Support/*')
      .concat('Microsoft.Web/certificates/*', 'Microsoft.Web/listSitesAssignedToHostName/read')
      .concat('Microsoft.Web/serverFarms/join/action', 'Microsoft.Web/serverFarms/read', 'Microsoft.Web/sites/*'),
  }),
  builtIn('a68e7c17-0ab2-4c09-9a58-125dae29748c', 'Key Vault Purge Operator', {
    actions: [
      'Microsoft.KeyVault/deletedVaults/read',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    ].concat('Microsoft.KeyVault/locations/deletedVaults/read'),
  }),
];
