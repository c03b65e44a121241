import type { PolicyRecords } from '../model/records.ts';
import { recordMark } from './do-not-heal-mark.ts';
import { pausesOver } from './pause-scope.ts';

/** All in ms: when the incident began, the time now, and the window within which faults count as simultaneous. */
type Times = { readonly began: number; readonly now: number; readonly windowMs: number };

type Cause = PolicyRecords['rootCauses'][number];

/** A time at which every record still holds: its end must be ignored here. */
const ALWAYS = new Date(0);

/** When overrides over these ids ended by themselves since the incident began, in ms. */
const endsOf = (ids: readonly string[], overrides: PolicyRecords, { began, now }: Times): readonly number[] => {
  const { paused, doNotHeal } = overrides;
  const records = doNotHeal.filter((one) => one.until !== undefined && recordMark(ids, { doNotHeal: [one] }, ALWAYS));
  return [...(paused ? [paused] : []), ...pausesOver(ids, overrides), ...records]
    .map(({ until = '' }) => Date.parse(until))
    .filter((end) => end >= began && end <= now);
};

/**
 * The causes that an override held back together with these ids: all of them would be healed in one burst once the override is
 * over. Where the override was lifted: the causes that waited then, and those that appeared at about that time. Where the
 * override ended by itself: all causes that appeared meanwhile.
 */
export const heldTogether = (ids: readonly string[], records: PolicyRecords, times: Times): readonly Cause[] => {
  const { lifted = [], rootCauses } = records;
  const { began, windowMs } = times;
  const lifts = new Set(lifted.map(({ at }) => Date.parse(at)).filter((at) => at >= began));
  const isNear =
    (moments: Iterable<number>) =>
    ({ at }: Cause): boolean =>
      [...moments].some((moment) => !(Math.abs(Date.parse(at) - moment) > windowMs));
  const ends = endsOf(ids, records, times);
  const lastEnd = ends.length > 0 ? Math.max(...ends) : undefined;
  return [
    ...lifted.filter(isNear([began, ...lifts])),
    ...rootCauses.filter(isNear(lifts)),
    ...rootCauses.filter(
      ({ at }) => lastEnd !== undefined && !(Date.parse(at) < began - windowMs || Date.parse(at) > lastEnd + windowMs),
    ),
  ];
};
