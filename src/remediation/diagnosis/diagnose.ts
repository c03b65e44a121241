import type { KeyObservation } from '../model/facts.ts';
import type { Finding } from '../model/findings.ts';
import type { Known } from '../model/known.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { usersOf } from '../observation/pins.ts';
import { lineageOf } from '../trust/lineage.ts';
import { harmless } from './harm.ts';
import type { Situation } from './rule.ts';
import { RULES } from './rules.ts';

const strangersIn = (situation: Situation): ReadonlySet<string> =>
  new Set(
    usersOf(situation.observation)
      .filter((consumer) => lineageOf(consumer, situation) === 'stranger')
      .map(({ id }) => id),
  );

/** Every broken, or soon to break, link of the access paths that use this key. The same situation gives the same findings. */
export const diagnose = (
  observation: KeyObservation,
  now: Date,
  settings: RemediationSettings,
  known: Known = {},
): readonly Finding[] => {
  const situation = { observation, now, settings, known };
  const strangers = strangersIn(situation);
  const found: Finding[] = [];
  for (const rule of Object.values(RULES)) {
    for (const finding of rule(situation, found)) {
      const harm = finding.harm.map((one) => (strangers.has(one.consumerId) ? harmless(one) : one));
      found.push({ ...finding, harm });
    }
  }
  return found;
};
