import { addDuration } from '../../model/duration.ts';
import { isContested } from '../../steps/contested.ts';
import { type PolicyRule, report } from '../policy-rule.ts';

/** As often as this within a day, somebody or something else wants it otherwise. */
const OFTEN = 3;

/** A repair that something keeps undoing is not repeated for ever: it is said, with who that may be. */
export const tugOfWar: PolicyRule = (step, { records, now }) => {
  const since = now.getTime() - 86_400_000;
  const done = records.repairs
    .filter(({ stepId, at }) => stepId === step.stepId && Date.parse(at) > since)
    .map(({ at }) => at)
    .toSorted();
  if (!isContested(step.kind) || done.length < OFTEN) return undefined;
  const until = addDuration(new Date(done.at(-OFTEN) ?? now), 'P1D');
  return report(
    step,
    `It was done ${done.length} times within a day, and something keeps undoing it.${records.undoneBy === undefined ? '' : ` ${records.undoneBy}`} Find out what does and stop it, or mark the target as one that is not to be healed; it is not tried again before ${until.toISOString()}.`,
  );
};
