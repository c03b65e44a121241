import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'setVaultBypass'>;

const nameOf = ({ parameters }: Spec): string => parameters.vaultId.split('/').at(-1) ?? parameters.vaultId;

export const setVaultBypass: StepKindOf<Spec> = {
  risk: 'reversal',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write'],
  undo: (spec) => `az keyvault update --name ${nameOf(spec)} --bypass None shuts trusted services out again.`,
  sentence: (spec) =>
    `Let trusted Azure services pass the firewall of the vault ${nameOf(spec)} again, and change no other rule.`,
};
