export type Spread = { readonly lower: number; readonly median: number; readonly upper: number };

/** Linear interpolation between closest ranks. */
const quantile = (sorted: readonly number[], share: number): number => {
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
};

/** The median and the quartiles. @throws RangeError without any value */
export const spreadOf = (values: readonly number[]): Spread => {
  if (values.length === 0) throw new RangeError('No measurement, no median.');
  const sorted = values.toSorted((a, b) => a - b);
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
};
