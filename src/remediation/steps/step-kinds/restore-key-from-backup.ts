import { command } from '../../model/command.ts';
import type { Fact, KeyObservation } from '../../model/facts.ts';
import { type KeyRef, vaultName } from '../../model/key-ref.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { type Tagged, tagged } from '../tagged.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

/**
 * `blob`: name of the backup in the product's container for backups. `content`: SHA-256 of the backup when it was seen; an
 * approval is for that content, and not for what somebody may put there later. `versions`: the versions that consumers pin,
 * sorted; a restored key without the first of them is another key. Empty where no consumer names a version.
 */
type RestoreKeyFromBackup = VaultIdentity & {
  readonly key: KeyRef;
  readonly blob: string;
  readonly content?: string;
  readonly versions: readonly string[];
};

const backupOfKey = ({ loss, backup }: KeyObservation): Fact<Tagged> => {
  if (loss?.kind !== 'present') return loss ?? { kind: 'absent' };
  if (loss.value.kind !== 'gone') return { kind: 'absent' };
  return backup?.kind === 'present' ? tagged(backup.value) : (backup ?? { kind: 'absent' });
};

export const restoreKeyFromBackup: StepKindOf<RestoreKeyFromBackup> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'key',
  purpose: 'repair',
  undoneIn: 'auditLog',
  reveals: true,
  needs: 'nothing',
  gives: 'key',
  bringsBack: { left: backupOfKey },
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/restore/action',
  ],
  manualCommands: ({ parameters: { blob, key } }) => [
    command('az storage blob download', {
      'auth-mode': 'login',
      'account-name': '<storage account of the product>',
      'container-name': '<prefix>-backups',
      name: blob,
      file: `${key.name}.backup`,
    }),
    command('az keyvault key restore', { 'vault-name': vaultName(key), file: `${key.name}.backup` }),
  ],
  undo: ({ target }) =>
    `Delete the key again, which takes it from everyone who uses it: ${command('az keyvault key delete', { id: target })}.`,
  sentence: ({ target, parameters }) =>
    `Restore the purged key ${target} with all its versions from the backup ${parameters.blob}.`,
};
