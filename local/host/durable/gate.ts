/** Runs work at once up to a number of pieces, and queues the rest. */
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
      // The place passes to the next in the queue, so that nobody can slip in between.
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}
