import type { PolicyRecords } from '../model/records.ts';
import { recordMark } from './do-not-heal-mark.ts';
import { pausesOver } from './pause-scope.ts';

/** All in ms: when the incident began, now, and how far from each other faults may lie that are at once. */
type Times = { readonly began: number; readonly now: number; readonly windowMs: number };

type Cause = PolicyRecords['rootCauses'][number];

/** As of a record that is in force at any time. */
const ALWAYS = new Date(0);

/** When orders ended by themselves that had held what these ids mean since its incident began, in ms. */
const endsOf = (ids: readonly string[], orders: PolicyRecords, { began, now }: Times): readonly number[] => {
  const { paused, doNotHeal } = orders;
  const records = doNotHeal.filter((one) => one.until !== undefined && recordMark(ids, { doNotHeal: [one] }, ALWAYS));
  return [...(paused ? [paused] : []), ...pausesOver(ids, orders), ...records]
    .map(({ until = '' }) => Date.parse(until))
    .filter((end) => end >= began && end <= now);
};

/**
 * The causes that an order has held together with what these ids mean, and that would all be healed in one burst once it is over: those of
 * what waited when it was lifted, and what broke at about that time; where it ended by itself, all that broke meanwhile.
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
