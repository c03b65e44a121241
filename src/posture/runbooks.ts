import type { FindingKind } from '../remediation/model/faults.ts';

/** Faults that only posture finds: no key is woken for them. */
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

/** The page with the advice for a fault, as a path in the repository. */
export const runbookOf = (kind: PageKind): string =>
  `docs/runbooks/${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;
