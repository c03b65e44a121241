import { addDuration } from '../../model/duration.ts';
import { isContested } from '../../steps/contested.ts';
import { doneWithinDay } from '../did-not-last.ts';
import { type PolicyRule, report } from '../policy-rule.ts';

/** A step that was done this often within a day is contested: somebody or something keeps undoing it. */
const OFTEN = 3;

/** A repair that something keeps undoing is not repeated for ever: the product reports it, and who may be undoing it. */
export const flapping: PolicyRule = (step, { records, now }) => {
  const done = doneWithinDay(step, records, now);
  if (!isContested(step) || done.length < OFTEN) return undefined;
  const until = addDuration(new Date(done.at(-OFTEN) ?? now), 'P1D');
  const who = records.undoneBy?.[step.stepId];
  const isUndone = report(
    step,
    `It was done ${done.length} times within a day, at ${done.join(', ')}, and something keeps undoing it.${who === undefined ? '' : ` ${who}`} Find out what does and stop it, or mark the target as one that is not to be healed; it is not tried again before ${until.toISOString()}.`,
  );
  return { ...isUndone, givenUp: true };
};
