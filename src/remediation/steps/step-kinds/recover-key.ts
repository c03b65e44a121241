import { command } from '../../model/command.ts';
import { type KeyRef, vaultName } from '../../model/key-ref.ts';
import type { StepKindOf } from './step-kind.ts';

type RecoverKey = { readonly key: KeyRef };

/** What its versions allow, and whether they have expired meanwhile, shows only when they are back. */
export const recoverKey: StepKindOf<RecoverKey> = {
  risk: 'reversal',
  reveals: true,
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/recover/action',
  ],
  undo: ({ parameters: { key } }) =>
    `Delete the key again, which takes it from everyone who uses it: ${command('az keyvault key delete', { 'vault-name': vaultName(key), name: key.name })}.`,
  sentence: ({ target }) => `Recover the deleted key ${target} with all its versions.`,
};
