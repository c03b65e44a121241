import { byName, command } from '../../model/command.ts';
import { nameOf } from '../../model/resource-id.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type SetVaultBypass = { readonly vaultId: string; readonly host: string; readonly bypass: 'AzureServices' };

export const setVaultBypass: StepKindOf<SetVaultBypass> = {
  risk: 'reversal',
  subject: 'vault',
  purpose: 'repair',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: ({ parameters: { host } }) => host,
  rereadsVersions: true,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  undo: (spec) =>
    `${command('az keyvault update', { ...byName(spec.parameters.vaultId), bypass: 'None' })} shuts trusted services out again.`,
  sentence: (spec) =>
    `Let trusted Azure services pass the firewall of the vault ${nameOf(spec.parameters.vaultId)} again, and change no other rule.`,
};
