import { type Finding, type FindingKind, findingId } from '../model/findings.ts';

/** The faults that a look at the pinned versions alone can find, or that their vault does not answer. */
const SHOW_IN_VERSIONS: readonly FindingKind[] = [
  'vaultDeleted',
  'vaultPurged',
  'keyMissing',
  'keyDeleted',
  'keyPurged',
  'keyVersionMissing',
  'keyDisabled',
  'keyNotYetActive',
  'keyExpired',
  'keyNearExpiry',
];

/** The faults of a key's pinned versions among these findings, as one text: the same faults make the same text. */
export const keyFaults = (findings: readonly Finding[]): string =>
  findings
    .filter(({ kind }) => SHOW_IN_VERSIONS.includes(kind))
    .map(findingId)
    .sort()
    .join('\n');
