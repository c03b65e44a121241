import { byName, command } from '../../model/command.ts';
import { nameOf } from '../../model/resource-id.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type EnablePurgeProtection = VaultIdentity & { readonly host: string };

export const enablePurgeProtection: StepKindOf<EnablePurgeProtection> = {
  risk: 'irreversible',
  mayUndo: false,
  subject: 'vault',
  purpose: 'followUp',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'softDelete',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  manualCommands: ({ parameters: { vaultId } }) => [
    command('az keyvault update', { ...byName(vaultId), 'enable-purge-protection': 'true' }),
  ],
  undo: () => 'Cannot be undone: purge protection stays on for the life of the vault.',
  sentence: (spec) => `Turn purge protection on for the vault ${nameOf(spec.parameters.vaultId)}.`,
};
