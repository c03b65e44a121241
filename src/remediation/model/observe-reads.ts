/**
 * Every read in Resource Manager that the product does: the part `observe` of its role. infra/custom-role-observe.json is made of
 * this list.
 */
export const OBSERVE_READS: readonly string[] = [
  'Microsoft.KeyVault/vaults/read',
  'Microsoft.KeyVault/vaults/keys/read',
  'Microsoft.KeyVault/vaults/keys/versions/read',
  'Microsoft.KeyVault/deletedVaults/read',
  'Microsoft.DBforMySQL/servers/read',
  'Microsoft.DBforMySQL/servers/keys/read',
  'Microsoft.DBforMySQL/flexibleServers/read',
  'Microsoft.DBforMySQL/locations/azureAsyncOperation/read',
  'Microsoft.Compute/diskEncryptionSets/read',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/virtualMachines/instanceView/read',
  'Microsoft.Compute/virtualMachineScaleSets/read',
  'Microsoft.Compute/locations/diskOperations/read',
  'Microsoft.Compute/locations/operations/read',
  'Microsoft.ContainerService/managedClusters/read',
  'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  'Microsoft.Authorization/roleAssignments/read',
  'Microsoft.Authorization/roleDefinitions/read',
  'Microsoft.Authorization/locks/read',
  'Microsoft.EventGrid/eventSubscriptions/read',
  'Microsoft.Insights/diagnosticSettings/read',
  'Microsoft.Insights/activityLogAlerts/read',
  'Microsoft.Insights/actionGroups/read',
  'Microsoft.Insights/eventtypes/values/read',
  'Microsoft.ResourceHealth/availabilityStatuses/current/read',
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
];
