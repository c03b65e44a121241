/**
 * The fraction of a ration, common to all workers, that this process may use. An orchestration hands out work in parts
 * and tells each part how many parts run at the same time. Any worker may get any part. Each part brings its own
 * fraction, so that all workers together never use more than the whole ration, however many there are.
 */
export type Parts = {
  /**
   * From 0 to 1: the sum of the fractions of the parts that run here; 1 where no part runs, for work that is not handed
   * out in parts.
   */
  now(): number;
  /** Runs the work as one of `beside` parts. */
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
