/** Runs up to a number of pieces of work at once, and queues the rest. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

export function createGate(limit: number): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => queue.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The next piece in the queue gets the place directly, so that no new caller can take it in between.
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}
