import type { Clock } from '../clock/clock.ts';

/** The clock as one world sees it: the end of the world cancels its timers. */
export const createWorldClock = (clock: Clock): { clock: Clock; end(): void } => {
  const timers = new Set<ReturnType<Clock['setTimeout']>>();
  const worldClock: Clock = Object.create(clock, {
    setTimeout: {
      value: (run: () => void, ms: number) => {
        const timer = clock.setTimeout(() => {
          timers.delete(timer);
          run();
        }, ms);
        timers.add(timer);
        return timer;
      },
    },
    clearTimeout: {
      value: (timer: ReturnType<Clock['setTimeout']> | undefined) => {
        if (timer) timers.delete(timer);
        clock.clearTimeout(timer);
      },
    },
  });
  const end = () => {
    for (const timer of timers) clock.clearTimeout(timer);
    timers.clear();
  };
  return { clock: worldClock, end };
};
