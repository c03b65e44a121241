import { command } from '../../model/command.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'restoreKeyFromBackup'>;

export const restoreKeyFromBackup: StepKindOf<Spec> = {
  risk: 'reversal',
  reveals: true,
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/restore/action',
  ],
  undo: ({ target }) =>
    `Delete the key again, which takes it from everyone who uses it: ${command('az keyvault key delete', { id: target })}.`,
  sentence: ({ target, parameters }) =>
    `Restore the purged key ${target} with all its versions from the backup ${parameters.blob}.`,
};
