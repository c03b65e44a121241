export type Pace = {
  /**
   * Follows the wall clock at this rate, in addition to the callers that follow it already. Returns the function that stops it.
   */
  follow(rate: number): () => void;
  now(): number;
};

/** The speed of time while it follows the wall clock. Each follower adds its rate to that speed. */
export const createPace = (follow: (rate: number) => () => void): Pace => {
  const rates = new Set<{ readonly rate: number }>();
  return {
    follow: (rate) => {
      const one = { rate };
      rates.add(one);
      const stop = follow(rate);
      return () => {
        rates.delete(one);
        stop();
      };
    },
    now: () => (rates.size === 0 ? 1 : [...rates].reduce((sum, { rate }) => sum + rate, 0)),
  };
};
