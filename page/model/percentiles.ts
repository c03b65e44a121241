/** The nearest rank, so that it is a value that there was; `undefined` of none. `share`: 0 to 1. */
export const percentile = (values: readonly number[], share: number): number | undefined => {
  const inOrder = values.toSorted((one, other) => one - other);
  return inOrder[Math.max(0, Math.ceil(share * inOrder.length) - 1)];
};

export type Figures = { readonly cause: string; readonly count: number; readonly p50: number; readonly p95: number };

/** Of each cause the middle and the slow end, most frequent causes first. */
export const figuresByCause = (
  all: readonly { readonly cause: string; readonly seconds: number }[],
): readonly Figures[] =>
  [...Map.groupBy(all, ({ cause }) => cause)]
    .map(([cause, ones]) => {
      const seconds = ones.map((one) => one.seconds);
      return { cause, count: ones.length, p50: percentile(seconds, 0.5) ?? 0, p95: percentile(seconds, 0.95) ?? 0 };
    })
    .toSorted((one, other) => other.count - one.count || one.cause.localeCompare(other.cause));
