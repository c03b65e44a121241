import { inScope } from '../../../src/remediation/model/resource-id.ts';
import { type Facts, known } from '../facts.ts';
import { limits, noted, type Rule, stops } from '../finding.ts';
import { scopeIn } from '../guarded.ts';

const SETTING = 'GUARDIAN_SCOPE';

/** The most ids in one sentence. */
const SAID = 20;

export const several = (ids: readonly string[]): string =>
  ids.length > SAID ? `${ids.slice(0, SAID).join(', ')} and ${ids.length - SAID} more` : ids.join(', ');

const scopeOf = ({ settings }: Facts) => scopeIn(known(settings) ?? {});

/** The present subscriptions of a management group are those that the product will find in its next sweep. */
const groupsStandForSomething: Rule = (facts) => {
  const excluded = scopeOf(facts).excluded.map((id) => id.toLowerCase());
  return Object.entries(facts.below).flatMap(([name, fact]) => {
    if (fact.kind === 'absent')
      return [
        stops(
          `${SETTING} names the management group ${name}, and there is none of that name, or none that you may see: nothing below it is looked at. Correct the name.`,
        ),
      ];
    if (fact.kind === 'unknown') return [];
    const left = fact.value.filter((id) => excluded.includes(`/subscriptions/${id}`));
    const looked = fact.value.filter((id) => !left.includes(id));
    if (looked.length === 0)
      return [limits(`The management group ${name} of ${SETTING} stands for no subscription now.`)];
    const without = left.length === 0 ? '' : ` Excluded: ${several(left)}.`;
    return [noted(`The management group ${name} stands for ${looked.length} now: ${several(looked)}.${without}`)];
  });
};

/** Where the subscriptions below a management group are unknown, an exclusion may concern one of them. */
const exclusionsExclude: Rule = (facts) => {
  const { subscriptions, excluded } = scopeOf(facts);
  const below = Object.values(facts.below);
  if (excluded.length === 0 || below.some(({ kind }) => kind === 'unknown')) return [];
  const there = [...subscriptions, ...below.flatMap((fact) => known(fact) ?? [])].map((id) => `/subscriptions/${id}`);
  return excluded
    .filter((id) => !inScope(id, there))
    .map((id) =>
      limits(`${SETTING} excludes !${id}, which lies in nothing that it names now: correct the id, or take it out.`),
    );
};

export const SCOPE_RULES: readonly Rule[] = [groupsStandForSomething, exclusionsExclude];
