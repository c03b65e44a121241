import { command } from '../../model/command.ts';
import { type KeyRef, keyVersionId } from '../../model/key-ref.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepIdentity, StepKindOf } from './step-kind.ts';

type SetActivationDate = VaultIdentity & KeyMaterial & { readonly key: KeyRef; readonly version: string };

const versionOf = ({ parameters }: StepIdentity<SetActivationDate>): string =>
  keyVersionId(parameters.key, parameters.version);

export const setActivationDate: StepKindOf<SetActivationDate> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'version',
  purpose: 'repair',
  undoneIn: 'auditLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/update/action',
  ],
  manualCommands: (spec) => [
    command('az keyvault key set-attributes', {
      id: versionOf(spec),
      'not-before': '<a date in the past such as 2020-01-31T00:00:00Z>',
    }),
  ],
  undo: (spec) =>
    `Set the former activation date, which the ledger shows: ${command('az keyvault key set-attributes', { id: versionOf(spec), 'not-before': '<that date>' })}.`,
  sentence: (spec) => `Set the activation date of ${versionOf(spec)} back to the moment of its creation.`,
};
