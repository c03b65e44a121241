import type { ForkOptions } from 'node:child_process';

/** `CLOCK_PRELOAD` of the environment is the same as JavaScript, for processes whose memory is measured. */
const preloadUrl = (): string => process.env['CLOCK_PRELOAD'] ?? new URL('./preload.ts', import.meta.url).href;

/** Options for `child_process.fork` that put the child on the clock: `--import preload`, CLOCK_NOW and CLOCK_SEED. */
export function onClock(options: ForkOptions, now: number, seed: string): ForkOptions {
  const execArgv = options.execArgv ?? process.execArgv;
  const preload = preloadUrl();
  return {
    ...options,
    execArgv: execArgv.includes(preload) ? execArgv : ['--import', preload, ...execArgv],
    env: { ...(options.env ?? process.env), CLOCK_NOW: String(now), CLOCK_SEED: seed },
  };
}
