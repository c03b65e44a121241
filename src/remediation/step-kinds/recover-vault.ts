import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'recoverVault'>;

const nameOf = ({ parameters }: Spec): string => parameters.vaultId.split('/').at(-1) ?? parameters.vaultId;

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
    `Delete the vault again, which takes every key in it from everyone: az keyvault delete --name ${nameOf(spec)}.`,
  sentence: (spec) => `Recover the deleted vault ${nameOf(spec)} with all its keys.`,
};
