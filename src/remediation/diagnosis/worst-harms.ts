import { type Finding, type Harm, isHarmful } from '../model/findings.ts';

const RANK = { active: 0, latent: 1, none: 2 } as const;

/** Nobody loses the key by what has no deadline before what has one. */
const NEVER = '~';

const isWorse = (one: Harm, other: Harm): boolean =>
  RANK[one.level] !== RANK[other.level]
    ? RANK[one.level] < RANK[other.level]
    : (one.deadline ?? NEVER) < (other.deadline ?? NEVER);

/**
 * What these findings do to each consumer, in its worst form: those who are down first, then by deadline. Of a fault and of what it
 * explains the fault speaks. What harms nobody is left out.
 */
export const worstHarms = (findings: readonly Finding[]): readonly Harm[] => {
  const worst = new Map<string, Harm>();
  const causesFirst = findings
    .filter(isHarmful)
    .toSorted((one, other) => Number(!!one.explainedBy) - Number(!!other.explainedBy));
  for (const harm of causesFirst.flatMap((one) => one.harm)) {
    const id = harm.consumerId.toLowerCase();
    const before = worst.get(id);
    if (harm.level !== 'none' && (before === undefined || isWorse(harm, before))) worst.set(id, harm);
  }
  return [...worst.values()].toSorted((one, other) => (isWorse(one, other) ? -1 : isWorse(other, one) ? 1 : 0));
};
