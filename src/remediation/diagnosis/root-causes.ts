import { type Finding, type FindingKind, findingId, isHarmful } from '../model/findings.ts';
import { type KeyRef, keyId } from '../model/key-ref.ts';

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

/** What shows only in the consumers: what many keys of one vault suffer at once is likely one act, or one outage. */
const COUNT_BY_VAULT: readonly FindingKind[] = ['accessMissing', 'readerMissing', 'consumerInaccessible'];

const causeOf = ({ kind, target, evidence }: Finding, key: KeyRef): string => {
  if (COUNT_BY_VAULT.includes(kind) && typeof evidence['vault'] === 'string') return evidence['vault'];
  return COUNT_BY_TARGET.includes(kind) ? target : keyId(key);
};

/** Names of the independent root causes among the findings of one key that harm somebody: what the fuse counts. */
export const rootCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => {
  const known = new Map(findings.map((finding) => [findingId(finding), finding]));
  const rootOf = (finding: Finding): Finding => {
    const cause = finding.explainedBy === undefined ? undefined : known.get(finding.explainedBy);
    return cause === undefined ? finding : rootOf(cause);
  };
  return [...new Set(findings.filter(isHarmful).map((finding) => causeOf(rootOf(finding), key)))];
};
