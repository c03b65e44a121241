import { resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { guid } from '../draw.ts';
import type { Principal } from '../entra/entra.ts';

/** The subscription of every named world. */
export const subscriptionId = guid('subscription', 'production');

/** The function app that the product runs as. */
export const productId = resourceId({
  subscription: subscriptionId,
  group: 'guardian',
  type: 'Microsoft.Web/sites',
  name: 'cmk-guardian',
});

/** What the product may do, and nothing else: infra/custom-role.json, at subscription scope. */
export const productRole = {
  actions: [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/write',
    'Microsoft.KeyVault/vaults/accessPolicies/write',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/versions/read',
    'Microsoft.KeyVault/deletedVaults/read',
    'Microsoft.KeyVault/locations/deletedVaults/read',
    'Microsoft.DBforMySQL/servers/read',
    'Microsoft.DBforMySQL/servers/write',
    'Microsoft.DBforMySQL/servers/keys/read',
    'Microsoft.DBforMySQL/servers/keys/write',
    'Microsoft.DBforMySQL/flexibleServers/read',
    'Microsoft.DBforMySQL/flexibleServers/write',
    'Microsoft.DBforMySQL/locations/azureAsyncOperation/read',
    'Microsoft.DBforMySQL/locations/operationResults/read',
    'Microsoft.Compute/diskEncryptionSets/read',
    'Microsoft.Compute/diskEncryptionSets/write',
    'Microsoft.Compute/disks/read',
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/instanceView/read',
    'Microsoft.Compute/virtualMachines/start/action',
    'Microsoft.Compute/virtualMachineScaleSets/read',
    'Microsoft.Compute/locations/diskOperations/read',
    'Microsoft.Compute/locations/operations/read',
    'Microsoft.ContainerService/managedClusters/read',
    'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    'Microsoft.Authorization/roleAssignments/read',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleDefinitions/read',
    'Microsoft.Authorization/locks/read',
    'Microsoft.EventGrid/eventSubscriptions/read',
    'Microsoft.EventGrid/eventSubscriptions/write',
    'Microsoft.Insights/diagnosticSettings/read',
    'Microsoft.Insights/diagnosticSettings/write',
    'Microsoft.Insights/activityLogAlerts/read',
    'Microsoft.Insights/actionGroups/read',
    'Microsoft.Insights/eventtypes/values/read',
    'Microsoft.ResourceHealth/availabilityStatuses/current/read',
    'Microsoft.ResourceGraph/resources/read',
  ],
  dataActions: [
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/update/action',
    'Microsoft.KeyVault/vaults/keys/recover/action',
    'Microsoft.KeyVault/vaults/keys/restore/action',
  ],
};

/** What it may assign: the use of a key, and reading a vault, to identities of services. infra/role-assignment-condition.txt. */
export const productRoleCondition = [
  '(',
  ' (',
  "  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})",
  ' )',
  ' OR',
  ' (',
  '  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {e147488a-f6f5-4113-8e2d-b22465e65bf6, acdd72a7-3385-48ef-bd42-f606fba81ae7}',
  '  AND',
  "  @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}",
  ' )',
  ')',
].join('\n');

/** Permissions on keys that the product holds in a vault with access policies. */
export const productKeyPermissions = ['get', 'list', 'update', 'recover', 'restore'];

/** The subscription, the product's identity and role, and the people: what every named world begins with. */
export const addProduct = (world: FullWorld): Principal => {
  world.subscriptions.add({ id: subscriptionId, name: 'Production', tenantId: world.entra.tenantId });
  world.subscriptions.addGroup({ subscription: subscriptionId, name: 'guardian' });
  const product = world.entra.createSystemIdentity(productId);
  const scope = `/subscriptions/${subscriptionId}`;
  const role = world.rbac.define({ roleName: 'CMK Guardian', permissions: [productRole], scopes: [scope] });
  world.rbac.assign({ scope, role: role.name, principalId: product.objectId, condition: productRoleCondition });
  addPeople(world, scope);
  return product;
};

const addPeople = ({ entra, rbac }: FullWorld, scope: string): void => {
  entra.createUser({ name: 'requester', roles: ['Requester'] });
  entra.createUser({ name: 'approver', roles: ['Approver'] });
  const owner = entra.createUser({ name: 'owner' });
  rbac.assign({ scope, role: 'Owner', principalId: owner.objectId, principalType: 'User' });
  rbac.assign({ scope, role: 'Key Vault Administrator', principalId: owner.objectId, principalType: 'User' });
};
