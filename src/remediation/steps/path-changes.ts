import { oncePer } from '../model/once-per.ts';
import type { Attempt } from '../model/records.ts';
import { isStepKind, STEPS } from './steps.ts';

/** Whether a step only tries, or completes, what other steps have repaired: it is worth trying again after another repair. */
export const isFollowUp = (kind: string): boolean => isStepKind(kind) && STEPS[kind].purpose !== 'repair';

/** Whether the access path to the key was repaired after this time (ISO 8601). */
export const pathChangedAfter = (at: string, attempts: readonly Attempt[]): boolean =>
  lastChange(attempts) > Date.parse(at);

/** The time of the last repair, in ms. */
const lastChange = oncePer((attempts: readonly Attempt[]): number =>
  attempts
    .filter(({ outcome, step }) => outcome === 'done' && !isFollowUp(step))
    .map((one) => Date.parse(one.at))
    .reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY),
);
