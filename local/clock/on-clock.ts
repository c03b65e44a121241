import type { ForkOptions } from 'node:child_process';

const preload = new URL('./preload.ts', import.meta.url).href;

/** Options for `child_process.fork` that put the child on the clock: `--import preload`, CLOCK_NOW and CLOCK_SEED. */
export function onClock(options: ForkOptions, now: number, seed: string): ForkOptions {
  const execArgv = options.execArgv ?? process.execArgv;
  return {
    ...options,
    execArgv: execArgv.includes(preload) ? execArgv : ['--import', preload, ...execArgv],
    env: { ...(options.env ?? process.env), CLOCK_NOW: String(now), CLOCK_SEED: seed },
  };
}
