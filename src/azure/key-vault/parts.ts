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

type AtWork = { readonly fraction: number; endedAt?: number };

/**
 * @param windowMs for a quota that counts in windows of this length: a part that has ended counts for so long, since it
 *   has asked within the same window.
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
