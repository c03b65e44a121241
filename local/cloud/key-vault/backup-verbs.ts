import type { SimVerb } from '../service.ts';
import { versionOf } from './find-key.ts';
import { versionView } from './key-breaks.ts';
import type { KeyVault } from './key-vault.ts';
import { KEY, oneBackup, oneKey, VAULT } from './verb-input.ts';

/** Verbs for backups that an owner keeps outside Azure. */
export const backupVerbs = (keyVault: KeyVault): SimVerb[] => [
  {
    name: 'backup-key',
    title: 'Take a backup of a key with all its versions',
    parameters: KEY,
    run: (input) => {
      const { vault, key } = oneKey.parse(input);
      return { blob: keyVault.backupKey(vault, key) };
    },
  },
  {
    name: 'restore-key',
    title: 'Make a key of a backup, in a vault of the same subscription and geography',
    parameters: { ...VAULT, blob: 'what backup-key answered' },
    run: (input) => {
      const { vault, blob } = oneBackup.parse(input);
      return versionView(versionOf(keyVault.restoreKey(vault, blob)));
    },
  },
];
