import { describe, expect, it } from 'vitest';
import { estimate } from '../../client/cost/estimate.ts';
import { PRICES, SIZES } from '../../client/cost/prices.ts';

const totalOf = (keys: number): number => estimate(keys).reduce((sum, { dollars }) => sum + dollars, 0);

describe('What it costs', () => {
  it.each(SIZES.map((size, at) => ({ size, at })))('is what was worked out for $size keys', ({ size, at }) => {
    expect(estimate(size).map(({ dollars }) => dollars)).toEqual(PRICES.map((one) => Math.round(one.at[at] ?? -1)));
  });

  it('grows with the keys between and beyond those sizes, and is never less than nothing', () => {
    const totals = [0, 1, 50, 100, 500, 1_000, 5_000, 10_000, 20_000].map(totalOf);
    expect(totals).toEqual(totals.toSorted((one, other) => one - other));
    expect(estimate(0).every(({ dollars }) => dollars >= 0)).toBe(true);
  });

  it('is half way between two sizes what is half way between their prices', () => {
    const [small = 0, large = 0] = SIZES;
    const [first] = PRICES;
    const half = ((first?.at[0] ?? Number.NaN) + (first?.at[1] ?? Number.NaN)) / 2;
    expect(estimate((small + large) / 2)[0]?.dollars).toBe(Math.round(half));
  });
});
