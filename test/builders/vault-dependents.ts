import type {
  DiagnosticSettingFacts,
  EventSubscriptionFacts,
  RoleAssignmentFacts,
  VaultDependents,
} from '../../src/remediation/model/vault-dependents.ts';

export const VAULT_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.KeyVault/vaults/contoso';

/** A role assignment on the vault; `name` is the GUID of the assignment. */
export const anAssignment = (name: string, given: Partial<RoleAssignmentFacts> = {}): RoleAssignmentFacts => ({
  id: `${VAULT_ID}/providers/Microsoft.Authorization/roleAssignments/${name}`,
  scope: VAULT_ID,
  principalId: `principal-of-${name}`,
  roleDefinitionId: '/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/reader',
  principalType: 'ServicePrincipal',
  ...given,
});

export const anEventSubscription = (
  name: string,
  given: Partial<EventSubscriptionFacts> = {},
): EventSubscriptionFacts => ({
  id: `${VAULT_ID}/providers/Microsoft.EventGrid/eventSubscriptions/${name}`,
  name,
  endpointType: 'WebHook',
  own: false,
  ...given,
});

export const aSetting = (name: string): DiagnosticSettingFacts => ({
  id: `${VAULT_ID}/providers/Microsoft.Insights/diagnosticSettings/${name}`,
  name,
  body: { workspaceId: '/subscriptions/s/workspaces/w', logs: [{ category: 'AuditEvent', enabled: true }] },
});

export const dependents = (given: Partial<VaultDependents> = {}): VaultDependents => ({
  roleAssignments: [],
  eventSubscriptions: [],
  diagnosticSettings: [],
  locks: [],
  ...given,
});
