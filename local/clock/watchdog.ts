import { clearInterval, setInterval } from 'node:timers';

export type Patience = {
  /** Milliseconds of real time. */
  ms: number;
  warn: (line: string) => void;
};

/**
 * Waits for `change`; whenever patience runs out meanwhile, warns with the names of the processes that keep the clock from
 * moving.
 */
export async function watch(change: Promise<void>, patience: Patience, who: () => string[]): Promise<void> {
  const started = performance.now();
  const warn = (): void => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    patience.warn(`clock: nothing has changed for ${seconds} s: ${who().join('; ')}`);
  };
  const timer = setInterval(warn, patience.ms);
  try {
    await change;
  } finally {
    clearInterval(timer);
  }
}
