import { command } from '../../model/command.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import type { StepKindOf } from './step-kind.ts';

type GrantReader = VaultIdentity & { readonly principalId: string; readonly consumerId: string };

export const grantReader: StepKindOf<GrantReader> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'principal',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: false,
  rereadsVersions: true,
  isFor: ({ readsVault }) => readsVault,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.Authorization/roleAssignments/read',
    'Microsoft.Authorization/roleAssignments/write',
  ],
  manualCommands: ({ parameters: { principalId, vaultId } }) => [
    command('az role assignment create', {
      'assignee-object-id': principalId,
      'assignee-principal-type': 'ServicePrincipal',
      role: 'Reader',
      scope: vaultId,
    }),
  ],
  undo: ({ parameters: { principalId, vaultId } }) =>
    `Take the role from it: ${command('az role assignment delete', { assignee: principalId, role: 'Reader', scope: vaultId })}.`,
  sentence: ({ parameters: { consumerId, vaultId } }) => `Let ${consumerId} read the vault ${vaultId} again.`,
};
