import type { Attempt } from '../model/records.ts';
import { isStepKind, STEPS } from './steps.ts';

/** Whether a step only tries, or adds to, what others have repaired: after another repair it is worth trying anew. */
export const isFollowUp = (kind: string): boolean => isStepKind(kind) && STEPS[kind].purpose !== 'repair';

/** Whether the way to the key was repaired after this moment (ISO 8601). */
export const pathChangedAfter = (at: string, attempts: readonly Attempt[]): boolean =>
  attempts.some((one) => one.outcome === 'done' && !isFollowUp(one.step) && Date.parse(one.at) > Date.parse(at));
