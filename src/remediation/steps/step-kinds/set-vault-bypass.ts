import { byName, command } from '../../model/command.ts';
import { nameOf } from '../../model/resource-id.ts';
import { JOIN_SUBNET } from '../../model/subnet-join.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type SetVaultBypass = VaultIdentity & { readonly host: string; readonly bypass: 'AzureServices' };

export const setVaultBypass: StepKindOf<SetVaultBypass> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'vault',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: ({ parameters: { host } }) => host,
  rereadsVersions: true,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write', JOIN_SUBNET],
  manualCommands: (spec) => [
    command('az keyvault update', { ...byName(spec.parameters.vaultId), bypass: 'AzureServices' }),
  ],
  undo: (spec) =>
    `${command('az keyvault update', { ...byName(spec.parameters.vaultId), bypass: 'None' })} shuts trusted services out again.`,
  sentence: (spec) =>
    `Let trusted Azure services pass the firewall of the vault ${nameOf(spec.parameters.vaultId)} again, and change no other rule.`,
};
