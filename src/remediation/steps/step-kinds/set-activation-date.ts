import { command } from '../../model/command.ts';
import { keyVersionId } from '../../model/key-ref.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'setActivationDate'>;

const versionOf = ({ parameters }: Spec): string => keyVersionId(parameters.key, parameters.version);

export const setActivationDate: StepKindOf<Spec> = {
  risk: 'reversal',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/update/action',
  ],
  undo: (spec) =>
    `Set the former activation date, which the ledger shows: ${command('az keyvault key set-attributes', { id: versionOf(spec), 'not-before': '<that date>' })}.`,
  sentence: (spec) => `Set the activation date of ${versionOf(spec)} back to the moment of its creation.`,
};
