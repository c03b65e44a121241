import type { ListExpiry200ValueItem } from '../../client/api.ts';

export type Expiring = ListExpiry200ValueItem;

/**
 * The fate of a version without an act of a person, as its sign shows it: filled, hollow, crossed, or faint where no consumer
 * needs the version.
 */
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
  /** 0 in the middle of the row, other lanes where dots would overlap. */
  readonly lane: number;
};

export type Row = { readonly vault: string; readonly dots: readonly Dot[]; readonly lanes: number };

export type Axis = { readonly from: number; readonly to: number };

/** The position of an instant on the axis; an instant outside of it is at the nearer end. */
export const placeOn = ({ from, to }: Axis, at: number): number => Math.min(1, Math.max(0, (at - from) / (to - from)));

/** Dots nearer than this hide each other. */
const APART = 0.018;

/** Puts each dot into the first lane in which it overlaps no other dot. */
const inLanes = (dots: readonly Omit<Dot, 'lane'>[]): readonly Dot[] => {
  const ends: number[] = [];
  return dots.map((dot) => {
    const free = ends.findIndex((end) => dot.x - end >= APART);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = dot.x;
    return { ...dot, lane };
  });
};

/** A row for each vault, the vault with the next expiry first, and in it a dot for each version. */
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
