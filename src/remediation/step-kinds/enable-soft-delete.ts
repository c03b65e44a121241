import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'enableSoftDelete'>;

const nameOf = ({ parameters }: Spec): string => parameters.vaultId.split('/').at(-1) ?? parameters.vaultId;

export const enableSoftDelete: StepKindOf<Spec> = {
  risk: 'irreversible',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  undo: () => 'Cannot be undone: soft delete stays on for the life of the vault.',
  sentence: (spec) => `Turn soft delete on for the vault ${nameOf(spec)}.`,
};
