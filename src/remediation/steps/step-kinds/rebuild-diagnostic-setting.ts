import type { Json } from '../../model/canonical.ts';
import { command } from '../../model/command.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type RebuildDiagnosticSetting = VaultIdentity & { readonly name: string; readonly body: Json };

export const rebuildDiagnosticSetting: StepKindOf<RebuildDiagnosticSetting> = {
  risk: 'restore',
  mayUndo: true,
  subject: 'vault',
  purpose: 'followUp',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.Insights/diagnosticSettings/read',
    'Microsoft.Insights/diagnosticSettings/write',
  ],
  manualCommands: () => [],
  undo: ({ parameters: { vaultId, name } }) =>
    `Delete it: ${command('az monitor diagnostic-settings delete', { name, resource: vaultId })}.`,
  sentence: ({ parameters: { vaultId, name } }) =>
    `Make the diagnostic setting ${name} of ${vaultId} again, which recovery did not bring back.`,
};
