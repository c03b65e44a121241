/**
 * The fraction of a ration that this process may use; the ration holds for all workers together. An orchestration
 * divides its work into parts and tells each part how many parts run at the same time. Any worker may run any part.
 * Each part has its own fraction, so that all workers together use no more than the whole ration.
 */
export type Parts = {
  /**
   * From 0 to 1: the sum of the fractions of the parts that run in this process. 1 where no part runs, for work that is
   * not divided into parts.
   */
  now(): number;
  /** Runs the work as one of `beside` parts. */
  during<Value>(beside: number, work: () => Promise<Value>): Promise<Value>;
};

type AtWork = { readonly fraction: number; endedAt?: number };

/**
 * @param windowMs for a quota that Azure counts in windows of this length (ms): a part that has ended still counts for
 * that time, since its requests are in the same window.
 */
export const openParts = (windowMs = 0): Parts => {
  const atWork = new Set<AtWork>();
  const forgetEnded = (): void => {
    const now = Date.now();
    for (const part of atWork)
      if (part.endedAt !== undefined && Math.abs(now - part.endedAt) >= windowMs) atWork.delete(part);
  };
  return {
    now: () => {
      forgetEnded();
      const sum = [...atWork].reduce((all, { fraction }) => all + fraction, 0);
      return atWork.size === 0 ? 1 : Math.min(1, sum);
    },
    during: async (beside, work) => {
      const part: AtWork = { fraction: 1 / Math.max(1, beside) };
      atWork.add(part);
      try {
        return await work();
      } finally {
        part.endedAt = Date.now();
        forgetEnded();
      }
    },
  };
};
