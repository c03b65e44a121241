import { type Finding, hasImpact } from '../model/findings.ts';

/**
 * The most strangers of one key that are named: verdicts, messages and rows must stay short, also where somebody makes many
 * strangers.
 */
const NAMED = 20;

/**
 * Whether the finding is about a stranger that affects nothing: a consumer that is no copy of a known consumer. The product gives
 * it no access.
 */
const isStranger = (finding: Finding): boolean =>
  finding.kind === 'copyAwaitingAccess' && finding.evidence['lineage'] === 'stranger' && !hasImpact(finding);

/**
 * The findings without the strangers past the limit, and how many strangers are left out. Strangers are sorted by id, so that
 * every look names the same ones.
 */
export const fewStrangers = (
  findings: readonly Finding[],
): { readonly findings: readonly Finding[]; readonly more: number } => {
  const strangers = findings.filter(isStranger).toSorted((one, other) => (one.target < other.target ? -1 : 1));
  const left = new Set(strangers.slice(NAMED));
  return { findings: findings.filter((finding) => !left.has(finding)), more: left.size };
};
