/** A wait for an answer, in milliseconds of `performance.now()`. */
export type Wait = { readonly from: number; readonly until: number };

/** How many milliseconds at least one of these waits lasts: those that are side by side count once. */
export const waitedMs = (waits: readonly Wait[]): number => {
  let [sum, end] = [0, -Infinity];
  for (const { from, until } of waits.toSorted((a, b) => a.from - b.from)) {
    sum += Math.max(0, until - Math.max(from, end));
    end = Math.max(end, until);
  }
  return sum;
};
