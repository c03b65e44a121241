import { addDuration, isDuration } from '../../src/remediation/model/duration.ts';

/** An instant as the API takes it: as it was given, or so long from now. */
export const untilOf = (given: string, now: number): string =>
  isDuration(given) ? addDuration(new Date(now), given).toISOString() : given;
