import { faultOf } from '../model/faults.ts';
import { type Finding, findingId, isHarmful } from '../model/findings.ts';
import { type KeyRef, keyId } from '../model/key-ref.ts';

/**
 * What a finding counts as at the fuse: its own target, which is a vault, however many keys it holds, or one consumer; what
 * many keys of one vault suffer at once, which is likely one act, or one outage; else its key, however many of its versions
 * and servers suffer.
 */
const causeOf = ({ kind, target, evidence }: Finding, key: KeyRef): string => {
  // It is found with each of the keys that the consumer lives on, and is one.
  if (evidence['use'] === 'anyOf') return target;
  const { countsBy } = faultOf(kind);
  if (countsBy === 'vault' && typeof evidence['vault'] === 'string') return evidence['vault'];
  return countsBy === 'target' ? target : keyId(key);
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
