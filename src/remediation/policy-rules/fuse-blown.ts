import { ask, type PolicyRule } from '../policy-rule.ts';
import { rootCauses } from '../root-causes.ts';

/** Too many independent root causes at once, those of other keys included, mean a systemic cause. */
export const fuseBlown: PolicyRule = (step, { findings, observation, records, settings, now }) => {
  const { rootCauses: limit, windowMinutes } = settings.fuse;
  const since = now.getTime() - windowMinutes * 60_000;
  const recent = records.rootCauses.filter(({ at }) => !(Date.parse(at) < since)).map(({ cause }) => cause);
  const causes = new Set([...recent, ...rootCauses(findings, observation.key)]);
  return causes.size < limit
    ? undefined
    : ask(
        step,
        `There are ${limit} or more independent faults within ${windowMinutes} minutes, which points to one systemic cause; approve this plan if there is none.`,
      );
};
