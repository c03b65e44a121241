import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../builders/temporary-folder.ts';

/** A folder for backups of keys, whose path the product's process gets. */
export const backupFolder = () => {
  const folder = temporaryFolder('backups-');
  return {
    backups: folder,
    /** A person puts the backup of a key there: `name` is `{vault}/{key}`. */
    put: (name: string, bytes: Uint8Array): void => {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), bytes);
    },
  };
};
