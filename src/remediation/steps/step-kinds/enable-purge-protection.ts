import { nameOf } from '../../model/arm-id.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'enablePurgeProtection'>;

export const enablePurgeProtection: StepKindOf<Spec> = {
  risk: 'irreversible',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  undo: () => 'Cannot be undone: purge protection stays on for the life of the vault.',
  sentence: (spec) => `Turn purge protection on for the vault ${nameOf(spec.parameters.vaultId)}.`,
};
