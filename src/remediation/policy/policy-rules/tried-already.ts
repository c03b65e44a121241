import { attemptsOf } from '../../model/attempts-by.ts';
import { addDuration } from '../../model/duration.ts';
import { oncePer } from '../../model/once-per.ts';
import type { Attempt, PolicyRecords } from '../../model/records.ts';
import { isFollowUp, pathChangedAfter } from '../../steps/path-changes.ts';
import type { Step } from '../../steps/step.ts';
import { standingAttempts } from '../attempts.ts';
import { type PolicyRule, type PolicySituation, report } from '../policy-rule.ts';
import type { StepVerdict } from '../policy-types.ts';

/** How long a step waits after its first and its second attempt in one incident, where it is still needed. */
const RESTS = ['PT5M', 'PT15M'] as const;

/** A step that waits for this long is given up: a person must look. */
const GIVEN_UP_FOR = 'P1D';

/**
 * How long a step waits after every later attempt. A retry may cure `failed` and `unknown`; it does not change what Azure
 * decided.
 */
const LONGEST_REST: Readonly<Record<Attempt['outcome'], string>> = {
  done: GIVEN_UP_FOR,
  blocked: GIVEN_UP_FOR,
  failed: 'PT15M',
  unknown: 'PT15M',
};

/** A refusal that time cures ends within a day as a rule; a refusal that lasts longer may still end later. */
const CURED_WITHIN = 'P1D';
const WHILE_TIME_CURES = 'PT15M';
/**
 * The longest pause where a person has to change something: an event of that change ends the pause at once, but not every change
 * has an event.
 */
const LONGEST_PAUSE = 'PT1H';

const isBefore = (now: Date, at: string, duration: string): boolean => now < addDuration(new Date(at), duration);

/**
 * Whether access that was given may not be effective yet: that may take a day (membership of a group), and until then a refusal
 * is no evidence.
 */
const isSettling = ({ givenAt }: Step, now: Date): boolean =>
  givenAt !== undefined && isBefore(now, givenAt, CURED_WITHIN);

const restAfter = (ended: readonly Attempt[], last: Attempt, step: Step, now: Date): string => {
  const first = ended[0] ?? last;
  if (last.outcome === 'blocked' && last.cure !== 'change' && isSettling(step, now)) return WHILE_TIME_CURES;
  if (last.cure === 'time') return isBefore(now, first.at, CURED_WITHIN) ? WHILE_TIME_CURES : LONGEST_PAUSE;
  const longest = last.cure === 'change' ? LONGEST_PAUSE : LONGEST_REST[last.outcome];
  return RESTS[ended.length - 1] ?? longest;
};

/** The event that ends the pause before its time. */
const sooner = ({ cure }: Attempt): string =>
  cure === 'change'
    ? 'at once when Azure tells that somebody changed a lock, a policy or a role there, or on a manual start'
    : 'at once on a manual start';

/**
 * The attempts of this step that still count. A step that only tries a repair is tried again after every repair, and after access
 * was given.
 */
const endsOf = (step: Step, records: PolicyRecords): readonly Attempt[] =>
  attemptsOf(standingAttempts(records), step.stepId)
    .filter(({ at }) => !isFollowUp(step.kind) || !pathChangedAfter(at, records.attempts))
    .filter(({ at }) => step.givenAt === undefined || Date.parse(at) > Date.parse(step.givenAt))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

/**
 * A step that ended and is needed again is not repeated at once: a repair that does not help, or that something undoes, must not
 * loop. A step that died halfway may go on once.
 */
export const triedAlready: PolicyRule = (step, { records, now }) => {
  const ended = endsOf(step, records);
  const last = ended.at(-1);
  if (last === undefined || (last.outcome === 'unknown' && ended.length === 1)) return undefined;
  const rest = restAfter(ended, last, step, now);
  const until = addDuration(new Date(last.at), rest);
  if (until <= now) return undefined;
  const rests = report(
    step,
    `Tried in this incident (attempt ${ended.length}), ${last.outcome} at ${last.at}: ${last.why}. It is tried again after ${until.toISOString()}, or ${sooner(last)}.`,
  );
  return { ...rests, ...againOf(ended), ...(rest === GIVEN_UP_FOR && { givenUp: true }) };
};

const againOf = (ended: readonly Attempt[]): Pick<StepVerdict, 'again'> => {
  const last = ended.at(-1);
  return last?.outcome === 'blocked' ? { again: last.why } : {};
};

/**
 * The verdict on a step that runs, with Azure's last refusal of it: people are not told of an attempt that only repeats a refused
 * one. The refusal is kept also where something that may have blocked the step was changed since. The event of that change may be
 * late, and may be about the very change that made Azure refuse: only the attempt shows whether the way is free.
 */
export const triedAgain = (verdict: StepVerdict, { records }: Pick<PolicySituation, 'records'>): StepVerdict => ({
  ...verdict,
  ...againOf(endsOf(verdict.step, asOfNoChange(records))),
});

const asOfNoChange = oncePer(({ wayChangedAt: _, ...records }: PolicyRecords): PolicyRecords => records);
