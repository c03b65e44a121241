/** A timer of the authority's own; an opaque handle. */
export type Timer = { readonly due: number; readonly run: () => void };

export type OwnTimers = {
  setTimeout(run: () => void, ms: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
  sleep(ms: number): Promise<void>;
  /** The earliest timer; of two timers with the same instant, the timer that was set first. */
  first(): Timer | undefined;
};

/** Timers of the process that owns the clock: a Set, since there are tens of them and it keeps the order. */
export function createOwnTimers(now: () => number): OwnTimers {
  const timers = new Set<Timer>();
  const setTimeout = (run: () => void, ms: number): Timer => {
    const timer = { run, due: now() + Math.max(0, Math.ceil(ms)) };
    timers.add(timer);
    return timer;
  };
  return {
    setTimeout,
    clearTimeout: (timer) => {
      if (timer) timers.delete(timer);
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    first: () => {
      let first: Timer | undefined;
      for (const timer of timers) if (!first || timer.due < first.due) first = timer;
      return first;
    },
  };
}
