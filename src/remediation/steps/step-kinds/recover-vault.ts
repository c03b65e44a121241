import { nameOf } from '../../model/arm-id.ts';
import { byName, command } from '../../model/command.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'recoverVault'>;

/** What its keys, rules and policies are like shows only when it is back. */
export const recoverVault: StepKindOf<Spec> = {
  risk: 'reversal',
  reveals: true,
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/write',
    'Microsoft.KeyVault/deletedVaults/read',
  ],
  undo: (spec) =>
    `Delete the vault again, which takes every key in it from everyone: ${command('az keyvault delete', byName(spec.parameters.vaultId))}.`,
  sentence: (spec) => `Recover the deleted vault ${nameOf(spec.parameters.vaultId)} with all its keys.`,
};
