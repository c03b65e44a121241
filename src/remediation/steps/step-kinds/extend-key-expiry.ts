import { command } from '../../model/command.ts';
import { durationInWords } from '../../model/duration.ts';
import { type KeyRef, keyVersionId } from '../../model/key-ref.ts';
import type { ExtensionTerms } from '../../observation/extend-expiry.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepIdentity, StepKindOf } from './step-kind.ts';

type ExtendKeyExpiry = VaultIdentity &
  KeyMaterial &
  ExtensionTerms & { readonly key: KeyRef; readonly version: string };

const versionOf = ({ parameters }: StepIdentity<ExtendKeyExpiry>): string =>
  keyVersionId(parameters.key, parameters.version);

export const extendKeyExpiry: StepKindOf<ExtendKeyExpiry> = {
  risk: 'restore',
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
      expires: '<a date such as 2030-01-31T00:00:00Z>',
    }),
  ],
  undo: (spec) =>
    `Set the former expiry, which the ledger shows: ${command('az keyvault key set-attributes', { id: versionOf(spec), expires: '<that date>' })}.`,
  sentence: (spec) =>
    `Extend the expiry of ${versionOf(spec)} to ${durationInWords(spec.parameters.period)} from now, never beyond ${durationInWords(spec.parameters.maximumAge)} after its creation.`,
};
