import type { ListExpiry200ValueItem } from '../../client/api.ts';

export type Expiring = ListExpiry200ValueItem;

/** What happens to a version by itself, as its sign says: filled, hollow, crossed, or faint where nobody needs it. */
export type Fate = 'extends' | 'asks' | 'stays' | 'unneeded';

const FATES: Readonly<Record<Expiring['outlook']['kind'], Fate>> = {
  extends: 'extends',
  asks: 'asks',
  held: 'stays',
  person: 'stays',
  none: 'unneeded',
};

export const fateOf = ({ outlook }: Pick<Expiring, 'outlook'>): Fate => FATES[outlook.kind];

export type Dot = {
  readonly one: Expiring;
  readonly fate: Fate;
  /** 0 at the left end of the axis, 1 at its right. */
  readonly x: number;
  /** 0 in the middle of the row, more where others are in the way. */
  readonly lane: number;
};

export type Row = { readonly vault: string; readonly dots: readonly Dot[]; readonly lanes: number };

export type Axis = { readonly from: number; readonly to: number };

/** Where an instant is on the axis, at its ends where it is beyond them. */
export const placeOn = ({ from, to }: Axis, at: number): number => Math.min(1, Math.max(0, (at - from) / (to - from)));

/** Dots nearer than this hide each other. */
const APART = 0.018;

/** Puts each dot into the first lane in which nothing is in its way. */
const inLanes = (dots: readonly Omit<Dot, 'lane'>[]): readonly Dot[] => {
  const ends: number[] = [];
  return dots.map((dot) => {
    const free = ends.findIndex((end) => dot.x - end >= APART);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = dot.x;
    return { ...dot, lane };
  });
};

/** One row for each vault, that with the next expiry first; in it one dot for each version. */
export const layOutHorizon = (all: readonly Expiring[], axis: Axis): readonly Row[] => {
  const inOrder = all.toSorted((one, other) => Date.parse(one.expiresOn) - Date.parse(other.expiresOn));
  return [...Map.groupBy(inOrder, ({ vault }) => vault)].map(([vault, ones]) => {
    const dots = inLanes(ones.map((one) => ({ one, fate: fateOf(one), x: placeOn(axis, Date.parse(one.expiresOn)) })));
    return { vault, dots, lanes: Math.max(...dots.map(({ lane }) => lane)) + 1 };
  });
};

export type Month = { readonly at: number; readonly x: number };

/** The first of each month on the axis, in UTC. */
export const monthsOn = (axis: Axis): readonly Month[] => {
  const begin = new Date(axis.from);
  return Array.from({ length: 14 }, (_each, step) => Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + step, 1))
    .filter((at) => at >= axis.from && at <= axis.to)
    .map((at) => ({ at, x: placeOn(axis, at) }));
};
