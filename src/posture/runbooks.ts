import type { FindingKind } from '../remediation/model/faults.ts';

/** Faults that posture alone finds: nothing wakes a key for them. */
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
] as const;

export type PostureKind = (typeof POSTURE_KINDS)[number];

export type PageKind = FindingKind | PostureKind;

/** The page that says what to do about it, as a path of the repository. */
export const runbookOf = (kind: PageKind): string =>
  `docs/runbooks/${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;
