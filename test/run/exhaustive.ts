import { it } from 'vitest';

/** Set by vitest.exhaustive.config.ts, which runs every suite that imports this file once more. */
declare const EXHAUSTIVE: boolean | undefined;

export const isExhaustive = typeof EXHAUSTIVE !== 'undefined';

/** How often a property is tried: as often as this by the exhaustive suite, a tenth of it by `npm test`. */
export const runs = (full: number): number => (isExhaustive ? full : Math.ceil(full / 10));

const untold = Object.assign(() => undefined, { each: () => () => undefined });

/** `it` for a story that repeats a neighbouring story for another kind, cause or order: only the exhaustive suite runs it. */
export const repeated = (isExhaustive ? it : untold) as Pick<typeof it, 'each'> & typeof it;

type Tuple = readonly [unknown, ...unknown[]];

/** Rows of such stories: all of them in the exhaustive suite, those at these places in `npm test`. */
export function sampled<Row extends Tuple>(rows: readonly Row[], ...places: readonly number[]): readonly Row[];
export function sampled<Row>(rows: readonly Row[], ...places: readonly number[]): readonly Row[];
export function sampled<Row>(rows: readonly Row[], ...places: readonly number[]): readonly Row[] {
  if (isExhaustive) return rows;
  return places.map((at) => {
    if (at >= rows.length) throw new Error(`there is no row ${at} among ${rows.length}`);
    return rows[at] as Row;
  });
}
