import type { BackupRecord } from '../../posture/facts.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { Guardian } from '../guardian.ts';

/** What of keys is kept in the product's storage; unknown where that cannot be read. */
export const readBackups = ({ store }: Guardian): Promise<Fact<readonly BackupRecord[]>> =>
  store.backups
    .list()
    .then(present<readonly BackupRecord[]>, (error: unknown) => unknown(`the backups: ${String(error)}`));
