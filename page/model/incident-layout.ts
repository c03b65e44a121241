import type { GetIncident200TimelineItem } from '../../client/api.ts';

export type Moment = GetIncident200TimelineItem;

/** A step from its beginning to its end; a step without an end still runs. */
export type Bar = {
  readonly step: string;
  readonly target: string;
  readonly from: number;
  readonly to: number;
  readonly outcome?: string;
};

const isBegun = ({ what }: Moment): boolean => what === 'begun';

const endOf = (moments: readonly Moment[], at: number): Moment | undefined => {
  const begun = moments[at];
  return moments
    .slice(at + 1)
    .find((one) => one.outcome !== undefined && one.step === begun?.step && one.target === begun?.target);
};

/** A bar for each step that has begun. `until`: seconds from the loss, the end of bars for running steps. */
export const barsOf = (moments: readonly Moment[], until: number): readonly Bar[] =>
  moments.flatMap((moment, at) => {
    if (!isBegun(moment)) return [];
    const end = endOf(moments, at);
    const { step = '', target = '', seconds } = moment;
    return [
      {
        step,
        target,
        from: seconds,
        to: end?.seconds ?? until,
        ...(end?.outcome !== undefined && { outcome: end.outcome }),
      },
    ];
  });

/** A stretch of the axis. `isCut`: it is drawn shorter than it was, since nothing happened in it. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly begin: number;
  readonly end: number;
  readonly isCut: boolean;
};

/** No stretch without a moment is drawn longer than this share of the axis, */
const LONGEST = 0.3;
/** but a stretch of up to a quarter of an hour is always to scale, since the ten minutes until the lock-out matter. */
const WHOLE = 900;
/** Moments in the same second are still drawn apart. */
const SHORTEST = 0.02;

const longestDrawn = (lengths: readonly number[]): number => {
  const inOrder = lengths.toSorted((one, other) => one - other);
  const rest = inOrder.slice(0, -1).reduce((sum, one) => sum + one, 0);
  return Math.max(WHOLE, (rest * LONGEST) / (1 - LONGEST));
};

/** The axis from the loss to the end, in seconds: to scale, but for long waits, which are cut. Places are 0 to 1. */
export const stretchesOf = (instants: readonly number[]): readonly Stretch[] => {
  const points = [...new Set(instants)].toSorted((one, other) => one - other);
  const lengths = points.slice(1).map((to, at) => to - (points[at] ?? 0));
  const most = longestDrawn(lengths);
  const drawn = lengths.map((one) => Math.min(one, most));
  const all = drawn.reduce((sum, one) => sum + one, 0);
  const shares = drawn.map((one) => Math.max(SHORTEST, one / (all || 1)));
  const whole = shares.reduce((sum, one) => sum + one, 0) || 1;
  let begin = 0;
  return shares.map((share, at) => {
    const [from = 0, to = 0] = [points[at], points[at + 1]];
    const stretch = { from, to, begin, end: begin + share / whole, isCut: (lengths[at] ?? 0) > most };
    begin = stretch.end;
    return stretch;
  });
};

/** The position of a second on the axis. */
export const placeAt = (stretches: readonly Stretch[], second: number): number => {
  const found = stretches.find(({ from, to }) => second >= from && second <= to);
  if (!found) return second <= (stretches[0]?.from ?? 0) ? 0 : 1;
  const { from, to, begin, end } = found;
  return begin + ((second - from) / (to - from || 1)) * (end - begin);
};
