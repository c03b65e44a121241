import type { FindingKind } from '../remediation/model/faults.ts';

/** Faults that posture alone finds: nothing wakes a key for them. */
export type PostureKind =
  | 'nodePoolNotEncrypted'
  | 'diskNotEncrypted'
  | 'storageClassMissing'
  | 'clusterUnfit'
  | 'vaultNotLocked'
  | 'auditLoggingOff'
  | 'backupMissing'
  | 'privateEndpointMissing'
  | 'alertMissing'
  | 'ownerMissing'
  | 'keySharedByMany'
  | 'serverUnfit'
  | 'productOutOfSight';

export const POSTURE_KINDS = [
  'nodePoolNotEncrypted',
  'diskNotEncrypted',
  'storageClassMissing',
  'clusterUnfit',
  'vaultNotLocked',
  'auditLoggingOff',
  'backupMissing',
  'privateEndpointMissing',
  'alertMissing',
  'ownerMissing',
  'keySharedByMany',
  'serverUnfit',
  'productOutOfSight',
] as const satisfies readonly PostureKind[];

export type PageKind = FindingKind | PostureKind;

/** The page that says what to do about it, as a path of the repository. */
export const runbookOf = (kind: PageKind): string =>
  `docs/runbooks/${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;
