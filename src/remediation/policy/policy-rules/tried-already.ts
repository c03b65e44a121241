import { addDuration } from '../../model/duration.ts';
import type { Attempt } from '../../model/records.ts';
import { isFollowUp, pathChangedAfter } from '../../steps/path-changes.ts';
import { standingAttempts } from '../attempts.ts';
import { type PolicyRule, report } from '../policy-rule.ts';

/** How long a step rests after its first and its second end in one incident that left it necessary. */
const RESTS = ['PT5M', 'PT15M'] as const;

/** How long after every later one. What a retry can cure is worth another try; what Azure decided is not. */
const LONGEST_REST: Readonly<Record<Attempt['outcome'], string>> = {
  done: 'P1D',
  blocked: 'P1D',
  failed: 'PT15M',
  unknown: 'PT15M',
};

/**
 * A step that ended and is needed again is not repeated at once: what did not help, or is undone, must not loop. One
 * that died halfway may go on once. What only tries a repair is tried anew after every repair.
 */
export const triedAlready: PolicyRule = (step, { records, now }) => {
  const ended = standingAttempts(records)
    .filter(({ stepId }) => stepId === step.stepId)
    .filter(({ at }) => !isFollowUp(step.kind) || !pathChangedAfter(at, records.attempts))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const last = ended.at(-1);
  if (last === undefined || (last.outcome === 'unknown' && ended.length === 1)) return undefined;
  const until = addDuration(new Date(last.at), RESTS[ended.length - 1] ?? LONGEST_REST[last.outcome]);
  if (until <= now) return undefined;
  return report(
    step,
    `Tried in this incident (attempt ${ended.length}), ${last.outcome} at ${last.at}: ${last.why}. It is tried again after ${until.toISOString()}, or at once on a manual start.`,
  );
};
