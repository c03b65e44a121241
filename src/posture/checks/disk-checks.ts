import type { Checks } from '../check.ts';
import { encryptDisk } from '../commands.ts';
import type { DiskFacts } from '../facts.ts';
import { holds, type Judgement } from '../judgement.ts';
import { isEncrypted } from './cluster-disk-checks.ts';

const ownKey = (disk: DiskFacts): Judgement =>
  holds(
    isEncrypted(disk),
    `${disk.encryption}${disk.managedBy ? `, attached to ${disk.managedBy}: it must be detached first` : ''}`,
    encryptDisk(disk.id),
  );

export const DISK_CHECKS = {
  diskEncryptedWithOwnKey: { judge: ownKey, page: 'diskNotEncrypted' },
} as const satisfies Checks<DiskFacts>;
