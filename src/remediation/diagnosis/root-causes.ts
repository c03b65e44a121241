import type { Baseline } from '../model/baseline.ts';
import { faultOf } from '../model/faults.ts';
import { type Finding, findingId, isHarmful, saysAnother, saysNothing } from '../model/findings.ts';
import { type KeyRef, keyId } from '../model/key-ref.ts';
import { formatResourceId, parseResourceId } from '../model/resource-id.ts';

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

/** What explains a finding among these, and is not explained itself. */
const rootIn = (findings: readonly Finding[]): ((finding: Finding) => Finding) => {
  const known = new Map(findings.map((finding) => [findingId(finding), finding]));
  const rootOf = (finding: Finding): Finding => {
    const cause = finding.explainedBy === undefined ? undefined : known.get(finding.explainedBy);
    return cause === undefined ? finding : rootOf(cause);
  };
  return rootOf;
};

/** Names of the independent root causes among the findings of one key that harm somebody: what the fuse counts. */
export const rootCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => {
  const rootOf = rootIn(findings);
  return [...new Set(findings.filter(isHarmful).map((finding) => causeOf(rootOf(finding), key)))];
};

/** Facts of the same kind that cannot be read in one vault have one obstacle, more likely than not. */
const causeOfUnclear = (finding: Finding, { host }: KeyRef): string =>
  saysNothing(finding)
    ? `${finding.kind} ${Object.keys(finding.evidence).toSorted().join(' ')} ${host}`
    : findingId(finding);

/**
 * What a message tells of, each with its fault: a vault that was deleted, and a vault whose access is gone, are two. Where
 * nothing harms anybody, what keeps the key from being well.
 */
export const toldCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => {
  const rootOf = rootIn(findings);
  const harmful = findings.filter(isHarmful).map(rootOf);
  const unclear = findings.filter((finding) => saysNothing(finding) || saysAnother(finding)).map(rootOf);
  const names =
    harmful.length > 0
      ? harmful.map((root) => `${root.kind} ${causeOf(root, key)}`)
      : unclear.map((root) => causeOfUnclear(root, key));
  return [...new Set(names)];
};

/**
 * Those of the findings that harm somebody and were not among those of the last look, by `findingId`: what has broken since. All of
 * them where nobody has looked.
 */
export const brokenSince = (findings: readonly Finding[], judged: readonly string[] | undefined): readonly Finding[] =>
  brokenBesides(findings, new Set(judged));

const brokenBesides = (findings: readonly Finding[], judged: ReadonlySet<string>): readonly Finding[] =>
  findings.filter((finding) => isHarmful(finding) && !judged.has(findingId(finding)));

const groupOf = (consumerId: string): string => {
  const { resourceGroup, subscriptionId = '' } = parseResourceId(consumerId) ?? {};
  return formatResourceId({ subscriptionId, ...(resourceGroup !== undefined && { resourceGroup }) }).toLowerCase();
};

/**
 * The same of a key with this baseline. Where there is none, nobody is known to belong to the key: whoever may make resources
 * could break as many keys of their own as blow the fuse for all others, so that those of one resource group are one cause.
 */
export const causesIn = (
  findings: readonly Finding[],
  key: KeyRef,
  baseline: Baseline | undefined,
): readonly string[] => {
  if (baseline !== undefined) return rootCauses(findings, key);
  const harmed = findings.flatMap(({ harm }) => harm.filter(({ level }) => level !== 'none'));
  return [...new Set(harmed.map(({ consumerId }) => groupOf(consumerId)))];
};
