import { nameOf } from '../../model/arm-id.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'enableSoftDelete'>;

export const enableSoftDelete: StepKindOf<Spec> = {
  risk: 'irreversible',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  undo: () => 'Cannot be undone: soft delete stays on for the life of the vault.',
  sentence: (spec) => `Turn soft delete on for the vault ${nameOf(spec.parameters.vaultId)}.`,
};
