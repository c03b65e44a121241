import { command } from '../../model/command.ts';
import { keyVersionId } from '../../model/key-ref.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'enableKey'>;

const versionOf = ({ parameters }: Spec): string => keyVersionId(parameters.key, parameters.version);

/** Nothing else is judged on a disabled version, its expiry least of all. */
export const enableKey: StepKindOf<Spec> = {
  risk: 'reversal',
  reveals: true,
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/update/action',
  ],
  undo: (spec) =>
    `Disable it again: ${command('az keyvault key set-attributes', { id: versionOf(spec), enabled: 'false' })}.`,
  sentence: (spec) => `Enable the key version ${versionOf(spec)}.`,
};
