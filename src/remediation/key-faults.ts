import { type Finding, type FindingKind, findingId } from './findings.ts';

/** Faults that a look at the pinned versions alone can find. */
const KEY_FAULTS: readonly FindingKind[] = [
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
    .filter(({ kind }) => KEY_FAULTS.includes(kind))
    .map(findingId)
    .sort()
    .join('\n');
