import { byName, command } from '../../model/command.ts';
import type { KeyPermission } from '../../model/key-permission.ts';
import type { KeyRef } from '../../model/key-ref.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import type { StepKindOf } from './step-kind.ts';

/** Stands for the principal in a plan that first gives the consumer its identity: the principal is not known before. */
export const ASSIGNED_BY_PLAN = 'the identity that this plan assigns';

const assignee = (principalId: string): string =>
  principalId === ASSIGNED_BY_PLAN ? '<object id of that identity>' : principalId;

type GrantKeyAccess = VaultIdentity &
  KeyMaterial & {
    readonly key: KeyRef;
    /** The permission model under which the grant is made. It must be that of the vault, or nothing is written. */
    readonly model: 'accessPolicies' | 'rbac';
    /** Object id, or `ASSIGNED_BY_PLAN`: then `assigned` of the step holds the object id. */
    readonly principalId: string;
    readonly tenantId: string;
    /** All permissions that the consumer needs, sorted: adding a permission that is there changes nothing. */
    readonly permissions: readonly KeyPermission[];
    /** ARM id of the consumer, lower-cased. */
    readonly consumerId: string;
  };

/** `reveals`: the key is assessed again, and the consumer is tried when the grant may have become effective. */
export const grantKeyAccess: StepKindOf<GrantKeyAccess> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'principal',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: true,
  needs: 'key',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: false,
  rereadsVersions: false,
  isFor: ({ needs }) => needs !== 'unsaid',
  choice: 'nothing',
  actions: ({ parameters }) => [
    'Microsoft.KeyVault/vaults/read',
    ...(parameters.model === 'rbac'
      ? ['Microsoft.Authorization/roleAssignments/read', 'Microsoft.Authorization/roleAssignments/write']
      : ['Microsoft.KeyVault/vaults/accessPolicies/write']),
  ],
  manualCommands: ({ parameters: { key, model, permissions, principalId, vaultId } }) => [
    model === 'rbac'
      ? command('az role assignment create', {
          'assignee-object-id': assignee(principalId),
          'assignee-principal-type': 'ServicePrincipal',
          role: 'Key Vault Crypto Service Encryption User',
          scope: `${vaultId}/keys/${key.name}`,
        })
      : command('az keyvault set-policy', {
          ...byName(vaultId),
          'object-id': assignee(principalId),
          'key-permissions': permissions,
        }),
  ],
  undo: ({ parameters: { key, model, principalId, vaultId } }) =>
    model === 'rbac'
      ? `Take the role from it: ${command('az role assignment delete', { assignee: assignee(principalId), role: 'Key Vault Crypto Service Encryption User', scope: `${vaultId}/keys/${key.name}` })}.`
      : `Take its access policy from it, ${command('az keyvault delete-policy', { ...byName(vaultId), 'object-id': assignee(principalId) })}, or the permissions that the ledger shows as added.`,
  sentence: ({ parameters: { consumerId, key, permissions, principalId } }) =>
    `Let ${consumerId}, as ${principalId}, ${permissions.join(', ')} with the key ${key.name}.`,
};
