import type { Continuation } from './continuation.ts';

/** The clocks of two instances differ, and a row is written a moment after its time was taken. */
const MARGIN_MS = 30_000;

type Placed<Place> = { readonly place: Place; readonly changedAt: string };

export type Page<One, Place> = { readonly shown: readonly One[]; readonly next?: Place };

/**
 * One page of a list that changes while it is read. It has the next `limit` lines after the place `from`. It also has every
 * earlier line that was written since the page before: that line may have come from further down, and would else be on no page.
 * So no line is lost, and a line that changes is shown again.
 */
export const pageOf = <Place extends readonly (string | number)[], One extends Placed<Place>>(
  all: readonly One[],
  compare: (one: Place, other: Place) => number,
  limit: number,
  from?: Continuation<Place>,
): Page<One, Place> => {
  const sorted = all.toSorted((one, other) => compare(one.place, other.place));
  if (from === undefined) return cut(sorted, [], limit);
  const seenUntil = Date.parse(from.at) - MARGIN_MS;
  const isAfter = ({ place }: One): boolean => compare(place, from.after) > 0;
  const moved = sorted.filter((one) => !isAfter(one) && Date.parse(one.changedAt) >= seenUntil);
  return cut(sorted.filter(isAfter), moved, limit);
};

const cut = <Place, One extends Placed<Place>>(
  rest: readonly One[],
  moved: readonly One[],
  limit: number,
): Page<One, Place> => {
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return { shown: [...moved, ...shown], ...(rest.length > limit && last && { next: last.place }) };
};
