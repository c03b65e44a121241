import { addDuration, isDuration } from '../../src/remediation/model/duration.ts';

/** An instant as the API takes it: a given instant, or a given duration from now. */
export const untilOf = (given: string, now: number): string =>
  isDuration(given) ? addDuration(new Date(now), given).toISOString() : given;
