import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { STEPS } from '../steps/steps.ts';
import type { StepVerdict } from './policy-types.ts';

const DAY_MS = 86_400_000;

/**
 * For this time after a write Azure may still show the former state: a step that is needed again within it was perhaps not
 * undone.
 */
const SETTLES_MS = 5 * 60_000;

type Repairs = Pick<PolicyRecords, 'repairs'>;

const repairsBy = oncePer((repairs: PolicyRecords['repairs']) => Map.groupBy(repairs, ({ stepId }) => stepId));

/** When this step was done within the last day, oldest first (ISO 8601). */
export const doneWithinDay = ({ stepId }: Pick<Step, 'stepId'>, { repairs }: Repairs, now: Date): readonly string[] =>
  (repairsBy(repairs).get(stepId) ?? [])
    .filter((repair) => Date.parse(repair.at) > now.getTime() - DAY_MS)
    .map(({ at }) => at)
    .toSorted();

/**
 * When a step that is needed now was done before, within the last day: its result was undone, or did not last. Empty for a
 * revalidation, which is only a trial and is repeated until it shows something.
 */
export const didNotLast = (step: Step, records: Repairs, now: Date): readonly string[] => {
  const done = doneWithinDay(step, records, now);
  const last = done.at(-1);
  const isSettled = last !== undefined && Date.parse(last) <= now.getTime() - SETTLES_MS;
  return isSettled && STEPS[step.kind].purpose !== 'trial' ? done : [];
};

const noteOn = ({ sentence, stepId }: Step, done: readonly string[], { undoneBy = {} }: PolicyRecords): string => {
  const times = done.length === 1 ? 'once' : `${done.length} times`;
  const who = undoneBy[stepId] ?? 'Who did that is unknown.';
  return `"${sentence.replace(/\.$/, '')}" was done ${times} within a day, at ${done.join(', ')}, and is needed again: something undoes it, or it does not last. ${who}`;
};

/**
 * Notes on repairs that something keeps undoing, from the second time on. A step that is stopped for that reason already says so
 * in its verdict.
 */
export const flappingNotes = (verdicts: readonly StepVerdict[], records: PolicyRecords, now: Date): readonly string[] =>
  verdicts.flatMap((verdict) => {
    const done = didNotLast(verdict.step, records, now);
    const isSaid = verdict.verdict === 'report' && verdict.why.includes('something keeps undoing it');
    return done.length === 0 || isSaid ? [] : [noteOn(verdict.step, done, records)];
  });
