import { command } from '../../model/command.ts';
import { type KeyRef, keyVersionId } from '../../model/key-ref.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepIdentity, StepKindOf } from './step-kind.ts';

type EnableKey = VaultIdentity & KeyMaterial & { readonly key: KeyRef; readonly version: string };

const versionOf = ({ parameters }: StepIdentity<EnableKey>): string => keyVersionId(parameters.key, parameters.version);

/** `reveals`: a disabled version is not judged by any other rule, for example for its expiry. */
export const enableKey: StepKindOf<EnableKey> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'version',
  purpose: 'repair',
  undoneIn: 'auditLog',
  reveals: true,
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
  manualCommands: (spec) => [command('az keyvault key set-attributes', { id: versionOf(spec), enabled: 'true' })],
  undo: (spec) =>
    `Disable it again: ${command('az keyvault key set-attributes', { id: versionOf(spec), enabled: 'false' })}.`,
  sentence: (spec) => `Enable the key version ${versionOf(spec)}.`,
};
