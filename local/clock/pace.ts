export type Pace = {
  /** Begins to follow the wall at this rate beside whoever follows it already. Returns what stops it. */
  follow(rate: number): () => void;
  now(): number;
};

/** How fast time passes while it follows the wall. Whoever lets it follow adds to that. */
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
