import { command } from '../../model/command.ts';
import { keyVersionId } from '../../model/key-ref.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'extendKeyExpiry'>;

const versionOf = ({ parameters }: Spec): string => keyVersionId(parameters.key, parameters.version);

export const extendKeyExpiry: StepKindOf<Spec> = {
  risk: 'restore',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/update/action',
  ],
  undo: (spec) =>
    `Set the former expiry, which the ledger shows: ${command('az keyvault key set-attributes', { id: versionOf(spec), expires: '<that date>' })}.`,
  sentence: (spec) =>
    `Extend the expiry of ${versionOf(spec)} to ${spec.parameters.period} from now, never beyond ${spec.parameters.maximumAge} after its creation.`,
};
