import { oncePer } from '../model/once-per.ts';
import type { Attempt } from '../model/records.ts';
import { isStepKind, STEPS } from './steps.ts';

/** Whether a step only tries, or adds to, what others have repaired: after another repair it is worth trying anew. */
export const isFollowUp = (kind: string): boolean => isStepKind(kind) && STEPS[kind].purpose !== 'repair';

/** Whether the way to the key was repaired after this moment (ISO 8601). */
export const pathChangedAfter = (at: string, attempts: readonly Attempt[]): boolean =>
  lastChange(attempts) > Date.parse(at);

/** In ms. */
const lastChange = oncePer((attempts: readonly Attempt[]): number =>
  attempts
    .filter(({ outcome, step }) => outcome === 'done' && !isFollowUp(step))
    .map((one) => Date.parse(one.at))
    .reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY),
);
