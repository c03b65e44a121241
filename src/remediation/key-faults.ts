import { type Finding, type FindingKind, findingId } from './findings.ts';

/** Whether a look at the pinned versions alone can find a fault. */
const SHOWS_IN_VERSIONS: Readonly<Record<FindingKind, boolean>> = {
  observationIncomplete: false,
  keyMissing: true,
  keyDeleted: true,
  keyPurged: true,
  keyVersionMissing: true,
  keyDisabled: true,
  keyNotYetActive: true,
  keyExpired: true,
  keyNearExpiry: true,
  identityMissing: false,
  consumerInaccessible: false,
};

/** The faults of a key's pinned versions among these findings, as one text: the same faults make the same text. */
export const keyFaults = (findings: readonly Finding[]): string =>
  findings
    .filter(({ kind }) => SHOWS_IN_VERSIONS[kind])
    .map(findingId)
    .sort()
    .join('\n');
