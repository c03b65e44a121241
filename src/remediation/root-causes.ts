import { type Finding, type FindingKind, isHarmful } from './findings.ts';
import { type KeyRef, keyId } from './key-ref.ts';

/**
 * Faults that count at the fuse by their own target: a vault, however many keys it holds, or one consumer. Every other
 * counts as its key, however many of its versions and servers suffer.
 */
const COUNT_BY_TARGET: readonly FindingKind[] = [
  'vaultDeleted',
  'vaultPurged',
  'vaultFirewallBlocks',
  'permissionModelChanged',
  'tenantMismatch',
  'vaultNotRebuilt',
  'identityMissing',
];

/** Names of the independent root causes among the findings of one key that harm somebody: what the fuse counts. */
export const rootCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => [
  ...new Set(
    findings
      .filter((finding) => finding.explainedBy === undefined && isHarmful(finding))
      .map(({ kind, target }) => (COUNT_BY_TARGET.includes(kind) ? target : keyId(key))),
  ),
];
