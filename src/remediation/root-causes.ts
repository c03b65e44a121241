import { type Finding, type FindingKind, isHarmful } from './findings.ts';
import { type KeyRef, keyId } from './key-ref.ts';

/** What a fault counts as at the fuse: its key, however many of its versions and servers suffer, or its own target. */
const COUNTS_AS: Readonly<Record<FindingKind, 'key' | 'target'>> = {
  observationIncomplete: 'key',
  keyMissing: 'key',
  keyDeleted: 'key',
  keyPurged: 'key',
  keyVersionMissing: 'key',
  keyDisabled: 'key',
  keyNotYetActive: 'key',
  keyExpired: 'key',
  keyNearExpiry: 'key',
  identityMissing: 'target',
  consumerInaccessible: 'key',
};

/** Names of the independent root causes among the findings of one key that harm somebody: what the fuse counts. */
export const rootCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => [
  ...new Set(
    findings
      .filter((finding) => finding.explainedBy === undefined && isHarmful(finding))
      .map(({ kind, target }) => (COUNTS_AS[kind] === 'key' ? keyId(key) : target)),
  ),
];
