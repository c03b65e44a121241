import type { Baseline } from '../model/baseline.ts';
import { faultOf } from '../model/faults.ts';
import { type Finding, findingId, hasImpact, saysAnother, saysNothing } from '../model/findings.ts';
import { type KeyRef, keyId } from '../model/key-ref.ts';
import { formatResourceId, parseResourceId } from '../model/resource-id.ts';

/**
 * The name under which the fuse counts a finding. A finding on a vault or on one consumer counts by that target. A fault that
 * many keys of one vault have at once counts by the vault, since it is likely one act or one outage. Every other finding counts
 * by its key, however many versions and servers of the key suffer.
 */
const causeOf = ({ kind, target, evidence }: Finding, key: KeyRef): string => {
  // A consumer with the use `anyOf` has several keys, and gives the same finding with each of them: the finding counts once.
  if (evidence['use'] === 'anyOf') return target;
  const { countsBy } = faultOf(kind);
  if (countsBy === 'vault' && typeof evidence['vault'] === 'string') return evidence['vault'];
  return countsBy === 'target' ? target : keyId(key);
};

/** Finds the root cause of a finding: the finding that explains it, and that no other finding explains. */
const rootIn = (findings: readonly Finding[]): ((finding: Finding) => Finding) => {
  const known = new Map(findings.map((finding) => [findingId(finding), finding]));
  const rootOf = (finding: Finding): Finding => {
    const cause = finding.explainedBy === undefined ? undefined : known.get(finding.explainedBy);
    return cause === undefined ? finding : rootOf(cause);
  };
  return rootOf;
};

/** Names of the independent root causes among the findings with impact of one key: the fuse counts these names. */
export const rootCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => {
  const rootOf = rootIn(findings);
  return [...new Set(findings.filter(hasImpact).map((finding) => causeOf(rootOf(finding), key)))];
};

/**
 * The cause of a finding that says only that facts could not be read. Facts of the same kind in one vault most likely share one
 * obstacle, so they count as one.
 */
const causeOfUnclear = (finding: Finding, { host }: KeyRef): string =>
  saysNothing(finding)
    ? `${finding.kind} ${Object.keys(finding.evidence).toSorted().join(' ')} ${host}`
    : findingId(finding);

/**
 * The causes that a message names, each with its fault: a deleted vault and a vault without access are two causes. Where no
 * finding affects a consumer, the causes are the findings that keep the key from being healthy.
 */
export const toldCauses = (findings: readonly Finding[], key: KeyRef): readonly string[] => {
  const rootOf = rootIn(findings);
  const harmful = findings.filter(hasImpact).map(rootOf);
  const unclear = findings.filter((finding) => saysNothing(finding) || saysAnother(finding)).map(rootOf);
  const names =
    harmful.length > 0
      ? harmful.map((root) => `${root.kind} ${causeOf(root, key)}`)
      : unclear.map((root) => causeOfUnclear(root, key));
  return [...new Set(names)];
};

/** The findings with impact that the last look did not have, by `findingId`. Without a last look all findings with impact. */
export const brokenSince = (findings: readonly Finding[], judged: readonly string[] | undefined): readonly Finding[] =>
  brokenBesides(findings, new Set(judged));

const brokenBesides = (findings: readonly Finding[], judged: ReadonlySet<string>): readonly Finding[] =>
  findings.filter((finding) => hasImpact(finding) && !judged.has(findingId(finding)));

const groupOf = (consumerId: string): string => {
  const { resourceGroup, subscriptionId = '' } = parseResourceId(consumerId) ?? {};
  return formatResourceId({ subscriptionId, ...(resourceGroup !== undefined && { resourceGroup }) }).toLowerCase();
};

/**
 * Names of the root causes of a key with this baseline. Without a baseline no consumer is known to belong to the key: somebody
 * who may make resources could make many broken keys and blow the fuse for all others. So all affected consumers of one resource
 * group count as one cause.
 */
export const causesIn = (
  findings: readonly Finding[],
  key: KeyRef,
  baseline: Baseline | undefined,
): readonly string[] => {
  if (baseline !== undefined) return rootCauses(findings, key);
  const affected = findings.flatMap(({ harm }) => harm.filter(({ level }) => level !== 'none'));
  return [...new Set(affected.map(({ consumerId }) => groupOf(consumerId)))];
};
