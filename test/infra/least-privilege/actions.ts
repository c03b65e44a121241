/**
 * Every action of the product's role: the scene in which its absence shows, its purpose, and its danger in wrong hands.
 * docs/security/permissions.md prints the table; every-action.exhaustive.test.ts removes the actions of a scene, one at a time,
 * and every-read.exhaustive.test.ts those of the estate.
 */
export type SceneName = 'servers' | 'keys' | 'vaults' | 'sets' | 'subnets';

export type ActionRow = {
  /** `estate`: no repair needs the action; without it the product shows an estate in another way (estate.ts). */
  readonly scene: SceneName | 'estate';
  readonly need: string;
  readonly inWrongHands: string;
};

const row = (scene: ActionRow['scene'], need: string, inWrongHands: string): ActionRow => ({
  scene,
  need,
  inWrongHands,
});

const MAP = 'part of a map of what is encrypted with what';

export const ACTION_ROWS: Readonly<Record<string, ActionRow>> = {
  'Microsoft.KeyVault/vaults/read': row(
    'estate',
    'finds vaults, their rules and who may use their keys; every step on a vault reads it again',
    MAP,
  ),
  'Microsoft.KeyVault/vaults/keys/read': row(
    'servers',
    'sees whether a vault holds other keys, before an access policy opens all of them',
    'lists keys, no material',
  ),
  'Microsoft.KeyVault/vaults/keys/versions/read': row(
    'estate',
    'sees whether the version in use is enabled and when it ends, in a vault that shuts the product out',
    'lists versions, no material',
  ),
  'Microsoft.KeyVault/deletedVaults/read': row(
    'vaults',
    'tells a deleted vault from a purged one; `recoverVault` reads it',
    'knows which vaults can be recovered',
  ),
  'Microsoft.DBforMySQL/servers/read': row('servers', 'finds single servers and what state they are in', MAP),
  'Microsoft.DBforMySQL/servers/keys/read': row('servers', 'sees which key version a single server uses', MAP),
  'Microsoft.DBforMySQL/flexibleServers/read': row(
    'servers',
    'finds flexible servers and the key version that each uses',
    MAP,
  ),
  'Microsoft.DBforMySQL/locations/azureAsyncOperation/read': row(
    'servers',
    'sees how a write to a server has ended',
    'sees that a write runs',
  ),
  'Microsoft.Compute/diskEncryptionSets/read': row(
    'estate',
    'finds disk encryption sets and the key version that each uses',
    MAP,
  ),
  'Microsoft.Compute/disks/read': row('estate', 'finds the disks of a set, and those without a key of one’s own', MAP),
  'Microsoft.Compute/virtualMachines/read': row(
    'sets',
    'sees which machines hang on a set; `startVirtualMachines` reads one again',
    'a list of machines',
  ),
  'Microsoft.Compute/virtualMachines/instanceView/read': row(
    'sets',
    'sees whether a machine runs, before it is started',
    'knows what runs',
  ),
  'Microsoft.Compute/virtualMachineScaleSets/read': row(
    'estate',
    'sees whether node pools are encrypted with the set',
    'a list of scale sets',
  ),
  'Microsoft.Compute/locations/diskOperations/read': row(
    'sets',
    'sees how a write to a set has ended',
    'sees that a write runs',
  ),
  'Microsoft.Compute/locations/operations/read': row(
    'sets',
    'sees how the start of a machine has ended',
    'sees that a write runs',
  ),
  'Microsoft.ContainerService/managedClusters/read': row(
    'estate',
    'sees whether clusters were made with a set',
    'a list of clusters',
  ),
  'Microsoft.ManagedIdentity/userAssignedIdentities/read': row(
    'servers',
    'sees whether the identity that a consumer uses its key with still is',
    'a list of identities',
  ),
  'Microsoft.Authorization/roleAssignments/read': row(
    'estate',
    'sees who may use a key, and what the product itself may',
    'a map of who may do what',
  ),
  'Microsoft.Authorization/roleDefinitions/read': row('estate', 'sees what a role allows', 'a map of who may do what'),
  'Microsoft.Authorization/locks/read': row(
    'estate',
    'sees locks that stand in the way, and vaults without one',
    'knows what is not locked',
  ),
  'Microsoft.EventGrid/eventSubscriptions/read': row(
    'vaults',
    'knows what to make again when a vault was recovered',
    'knows who is told',
  ),
  'Microsoft.Insights/diagnosticSettings/read': row(
    'vaults',
    'sees whether a vault is audited, and knows what to make again',
    'knows what is not audited',
  ),
  'Microsoft.Insights/activityLogAlerts/read': row(
    'estate',
    'sees whether the loss of a key alerts anybody',
    'knows what alerts nobody',
  ),
  'Microsoft.Insights/actionGroups/read': row(
    'estate',
    'sees whether an alert reaches the product and people',
    'addresses of who is told',
  ),
  'Microsoft.Insights/eventtypes/values/read': row(
    'vaults',
    'sees what was lost with a vault, and who did it',
    'reads who did what in the subscription',
  ),
  'Microsoft.ResourceHealth/availabilityStatuses/current/read': row(
    'estate',
    'hears what Azure says of a server that is down',
    'knows what is down',
  ),
  'Microsoft.Resources/subscriptions/read': row(
    'estate',
    'sees that a subscription is disabled, before it writes',
    'names of subscriptions',
  ),
  'Microsoft.Resources/subscriptions/resourceGroups/read': row(
    'estate',
    'sees that a group is gone',
    'a list of groups',
  ),
  'Microsoft.Management/managementGroups/descendants/read': row(
    'estate',
    'finds the subscriptions below a management group of `GUARDIAN_SCOPE`; has no effect in an assignment at a subscription',
    'names of subscriptions and management groups below the one where it is assigned',
  ),
  'Microsoft.KeyVault/vaults/write': row(
    'vaults',
    '`recoverVault`, `setVaultBypass`, `restoreNetworkRules`, `enableSoftDelete`, `enablePurgeProtection`',
    'replaces access policies and firewall of any vault in scope: opens vaults with access policies',
  ),
  'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action': row(
    'subnets',
    'writes network rules of vaults that name subnets',
    'names a subnet of its subscriptions in rules that it may write',
  ),
  'Microsoft.EventGrid/eventSubscriptions/write': row(
    'vaults',
    '`rebuildEventSubscription`',
    'sends the events of vaults elsewhere: names of keys, no material',
  ),
  'Microsoft.Insights/diagnosticSettings/write': row(
    'vaults',
    '`rebuildDiagnosticSetting`',
    'turns the audit of a vault away, or off',
  ),
  'Microsoft.KeyVault/vaults/accessPolicies/write': row(
    'servers',
    '`grantKeyAccess` in a vault with access policies',
    'every key, secret and certificate of such a vault, for anybody',
  ),
  'Microsoft.Authorization/roleAssignments/write': row(
    'keys',
    '`grantKeyAccess`, `grantReader`',
    'by the condition: lets a strange service principal use keys (wrap, unwrap) or read',
  ),
  'Microsoft.DBforMySQL/servers/write': row(
    'servers',
    '`assignIdentity` of a single server',
    'resets the administrator’s password: its data',
  ),
  'Microsoft.DBforMySQL/servers/keys/write': row(
    'servers',
    '`revalidateConsumer` and `repointConsumer` of a single server',
    'points a server at another key',
  ),
  'Microsoft.DBforMySQL/flexibleServers/write': row(
    'servers',
    '`revalidateConsumer` and `repointConsumer` of a flexible server',
    'resets the administrator’s password: its data',
  ),
  'Microsoft.Compute/diskEncryptionSets/write': row(
    'sets',
    '`assignIdentity`, `revalidateConsumer`, `repointConsumer`, `clearAutoRotationError` of a set',
    'points a set at another key',
  ),
  'Microsoft.Compute/virtualMachines/start/action': row('sets', '`startVirtualMachines`', 'starts machines: cost'),
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action': row(
    'servers',
    'Azure asks it of every write of a resource with such an identity',
    'puts any identity of the group on a server or set, which then acts as it',
  ),
  'data Microsoft.KeyVault/vaults/keys/read': row(
    'keys',
    'sees keys, versions and deleted keys of vaults with roles',
    'lists keys, no material',
  ),
  'data Microsoft.KeyVault/vaults/keys/update/action': row(
    'keys',
    '`extendKeyExpiry`, `enableKey`, `setActivationDate`',
    'disables or expires keys; extends one that was to end',
  ),
  'data Microsoft.KeyVault/vaults/keys/recover/action': row(
    'keys',
    '`recoverKey`',
    'recovers a key that was to stay deleted',
  ),
  'data Microsoft.KeyVault/vaults/keys/restore/action': row(
    'keys',
    '`restoreKeyFromBackup`',
    'brings a purged key back from a backup that it has',
  ),
};
