import { patchSoftDelete } from '../../model/patch-command.ts';
import { nameOf } from '../../model/resource-id.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type EnableSoftDelete = VaultIdentity & { readonly host: string };

export const enableSoftDelete: StepKindOf<EnableSoftDelete> = {
  risk: 'irreversible',
  mayUndo: false,
  subject: 'vault',
  purpose: 'followUp',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'softDelete',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  manualCommands: ({ parameters: { vaultId } }) => [`\`${patchSoftDelete(vaultId)}\``],
  undo: () => 'Cannot be undone: soft delete stays on for the life of the vault.',
  sentence: (spec) => `Turn soft delete on for the vault ${nameOf(spec.parameters.vaultId)}.`,
};
