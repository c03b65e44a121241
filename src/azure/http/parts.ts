/**
 * What this process may take of a ration that all workers have together. An orchestration hands out work in parts, says to each how
 * many there are at the same time, and any worker may get any of them: each part brings its own fraction with it, so that together
 * they never have more than the whole, however many workers there are.
 */
export type Parts = {
  /** From 0 to 1: the fractions of the parts that are at work here, and the whole for what is not handed out in parts. */
  now(): number;
  /** Does one of so many parts. */
  during<Value>(beside: number, work: () => Promise<Value>): Promise<Value>;
};

export const openParts = (): Parts => {
  const atWork = new Set<{ readonly fraction: number }>();
  return {
    now: () =>
      atWork.size === 0
        ? 1
        : Math.min(
            1,
            [...atWork].reduce((sum, { fraction }) => sum + fraction, 0),
          ),
    during: async (beside, work) => {
      const part = { fraction: 1 / Math.max(1, beside) };
      atWork.add(part);
      try {
        return await work();
      } finally {
        atWork.delete(part);
      }
    },
  };
};
