import { type Finding, hasImpact, type Impact } from '../model/findings.ts';

const RANK = { active: 0, latent: 1, none: 2 } as const;

/** Sorts after every ISO date: an impact without a deadline comes after one with a deadline. */
const NEVER = '~';

const isWorse = (one: Impact, other: Impact): boolean =>
  RANK[one.level] !== RANK[other.level]
    ? RANK[one.level] < RANK[other.level]
    : (one.deadline ?? NEVER) < (other.deadline ?? NEVER);

/**
 * The worst impact on each consumer: consumers that are down first, then by deadline. Where one fault explains another, the
 * impact of the first is taken. Findings that affect no consumer are left out.
 */
export const worstImpacts = (findings: readonly Finding[]): readonly Impact[] => {
  const worst = new Map<string, Impact>();
  const causesFirst = findings
    .filter(hasImpact)
    .toSorted((one, other) => Number(!!one.explainedBy) - Number(!!other.explainedBy));
  for (const harm of causesFirst.flatMap((one) => one.harm)) {
    const id = harm.consumerId.toLowerCase();
    const before = worst.get(id);
    if (harm.level !== 'none' && (before === undefined || isWorse(harm, before))) worst.set(id, harm);
  }
  return [...worst.values()].toSorted((one, other) => (isWorse(one, other) ? -1 : isWorse(other, one) ? 1 : 0));
};
