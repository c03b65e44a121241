import { type Finding, isHarmful } from '../model/findings.ts';

/** So many strangers of one key are named. Whoever makes more makes no verdict, message or row longer. */
const NAMED = 20;

/** Who is no copy of anybody known, and harms nothing: it is let in by nobody. */
const isStranger = (finding: Finding): boolean =>
  finding.kind === 'copyAwaitingAccess' && finding.evidence['lineage'] === 'stranger' && !isHarmful(finding);

/** The findings with the first strangers by their ids alone, the same ones in every look, and how many more there are. */
export const fewStrangers = (
  findings: readonly Finding[],
): { readonly findings: readonly Finding[]; readonly more: number } => {
  const strangers = findings.filter(isStranger).toSorted((one, other) => (one.target < other.target ? -1 : 1));
  const left = new Set(strangers.slice(NAMED));
  return { findings: findings.filter((finding) => !left.has(finding)), more: left.size };
};
