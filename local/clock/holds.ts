export type Holds = { hold<T>(work: () => Promise<T>): Promise<T>; held(): number };

/** Counts real work that time must not overtake. */
export function createHolds(changed: () => void): Holds {
  let held = 0;
  return {
    held: () => held,
    hold: async (work) => {
      held++;
      try {
        return await work();
      } finally {
        held--;
        changed();
      }
    },
  };
}
