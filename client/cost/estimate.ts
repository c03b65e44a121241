import { PRICES, type Price, SIZES } from './prices.ts';

/** On the line through the two sizes next to it; beyond the largest on the last such line. */
const between = (keys: number, at: readonly number[]): number => {
  const last = SIZES.length - 1;
  const upper = Math.min(
    last,
    Math.max(
      1,
      SIZES.findIndex((size) => keys <= size),
    ),
  );
  const high = SIZES.some((size) => keys <= size) ? upper : last;
  const [x1 = 0, x2 = 1] = [SIZES[high - 1], SIZES[high]];
  const [y1 = 0, y2 = 0] = [at[high - 1], at[high]];
  return Math.max(0, y1 + ((y2 - y1) * (keys - x1)) / (x2 - x1));
};

/** `dollars`: USD a month. */
export type Estimate = { readonly what: string; readonly dollars: number };

const estimateOf =
  (keys: number) =>
  ({ what, at }: Price): Estimate => ({
    what: what.replaceAll(/[*`]/g, ''),
    dollars: Math.round(between(keys, at)),
  });

/** The price of watching a number of keys, in USD a month, by purpose. */
export const estimate = (keys: number): readonly Estimate[] => PRICES.map(estimateOf(keys));
