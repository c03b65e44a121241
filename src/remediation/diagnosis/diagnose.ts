import type { KeyObservation } from '../model/facts.ts';
import { type Finding, findingId, saysAnother, saysNothing } from '../model/findings.ts';
import type { Known } from '../model/known.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { usersOf } from '../observation/pins.ts';
import { lineageOf } from '../trust/lineage.ts';
import { withoutMadeAgain } from '../trust/made-again.ts';
import { withoutPossibleGroups } from '../trust/possible-group.ts';
import { harmless } from './impact.ts';
import type { Situation } from './rule.ts';
import { RULES } from './rules.ts';

const strangersIn = (situation: Situation): ReadonlySet<string> =>
  new Set(
    usersOf(situation.observation)
      .filter((consumer) => lineageOf(consumer, situation) === 'stranger')
      .map(({ id }) => id),
  );

/**
 * Where another key or vault has taken the name, every later finding is explained by that: it is no fault of the key or vault
 * that the baseline knows.
 */
const explained = (finding: Finding, another: Finding | undefined): Finding =>
  another === undefined || finding.explainedBy !== undefined || saysAnother(finding) || saysNothing(finding)
    ? finding
    : { ...finding, explainedBy: findingId(another) };

/**
 * Every link of the access paths to this key that is broken, or that will break soon. The same situation gives the same findings.
 */
export const diagnose = (
  seen: KeyObservation,
  now: Date,
  settings: RemediationSettings,
  known: Known = {},
): readonly Finding[] => {
  const sure = withoutMadeAgain(known, seen);
  const situation = { observation: withoutPossibleGroups(seen, sure), now, settings, known: sure };
  const strangers = strangersIn(situation);
  const found: Finding[] = [];
  let another: Finding | undefined;
  for (const rule of Object.values(RULES)) {
    for (const finding of rule(situation, found)) {
      const harm = finding.harm.map((one) => (strangers.has(one.consumerId) ? harmless(one) : one));
      const told = explained({ ...finding, harm }, another);
      found.push(told);
      if (another === undefined && saysAnother(told)) another = told;
    }
  }
  return found;
};
