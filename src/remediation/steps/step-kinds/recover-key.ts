import { command } from '../../model/command.ts';
import type { Fact, KeyObservation } from '../../model/facts.ts';
import { type KeyRef, keyId, vaultName } from '../../model/key-ref.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { type Tagged, tagged } from '../tagged.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type RecoverKey = VaultIdentity & KeyMaterial & { readonly key: KeyRef };

const deletedKey = ({ key, loss }: KeyObservation): Fact<Tagged> => {
  if (loss?.kind !== 'present') return loss ?? { kind: 'absent' };
  return loss.value.kind === 'deleted' ? tagged(keyId(key), loss.value.tags) : { kind: 'absent' };
};

/** `reveals`: what the versions of the key permit, and whether they have expired, shows only after the recovery. */
export const recoverKey: StepKindOf<RecoverKey> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'key',
  purpose: 'repair',
  undoneIn: 'auditLog',
  reveals: true,
  needs: 'nothing',
  gives: 'key',
  bringsBack: { left: deletedKey },
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/recover/action',
  ],
  manualCommands: ({ parameters: { key } }) => [
    command('az keyvault key recover', { 'vault-name': vaultName(key), name: key.name }),
  ],
  undo: ({ parameters: { key } }) =>
    `Delete the key again, which takes it from everyone who uses it: ${command('az keyvault key delete', { 'vault-name': vaultName(key), name: key.name })}.`,
  sentence: ({ target }) => `Recover the deleted key ${target} with all its versions.`,
};
