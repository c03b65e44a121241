import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'restoreNetworkRules'>;

const nameOf = ({ parameters }: Spec): string => parameters.vaultId.split('/').at(-1) ?? parameters.vaultId;

export const restoreNetworkRules: StepKindOf<Spec> = {
  risk: 'reversal',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  undo: () => 'Set the rules that the ledger shows as seen before: az keyvault update and az keyvault network-rule.',
  sentence: (spec) => `Give the vault ${nameOf(spec)} the network rules again that it had when all was well.`,
};
