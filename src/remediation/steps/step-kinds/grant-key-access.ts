import { byName, command } from '../../model/command.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'grantKeyAccess'>;

/** Another look follows, and the consumer is tried when the grant may have become effective. */
export const grantKeyAccess: StepKindOf<Spec> = {
  risk: 'reversal',
  reveals: true,
  actions: ({ parameters }) => [
    'Microsoft.KeyVault/vaults/read',
    ...(parameters.model === 'rbac'
      ? ['Microsoft.Authorization/roleAssignments/read', 'Microsoft.Authorization/roleAssignments/write']
      : ['Microsoft.KeyVault/vaults/accessPolicies/write']),
  ],
  undo: ({ parameters: { key, model, principalId, vaultId } }) =>
    model === 'rbac'
      ? `Take the role from it: ${command('az role assignment delete', { assignee: principalId, role: 'Key Vault Crypto Service Encryption User', scope: `${vaultId}/keys/${key.name}` })}.`
      : `Take its access policy from it, ${command('az keyvault delete-policy', { ...byName(vaultId), 'object-id': principalId })}, or the permissions that the ledger shows as added.`,
  sentence: ({ parameters: { consumerId, key, permissions, principalId } }) =>
    `Let ${consumerId}, as ${principalId}, ${permissions.join(', ')} with the key ${key.name}.`,
};
