import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The exit code that a shell reports for a process that a signal ended. */
export const exitCodeOf = (signal: unknown): number =>
  128 + (SIGNALS.find((name) => name === signal) ? constants.signals[signal as (typeof SIGNALS)[number]] : 0);

/** npm does not pass a SIGTERM on to the process of its shell: the end of the shell shows the signal. */
const PARENT_CHECK_MS = 500;

/** Aborted by the first signal, with its name as the reason. A second one ends the process at once. */
export const stopSignal = (): AbortSignal => {
  const stopping = new AbortController();
  const stop = (signal: (typeof SIGNALS)[number]): void => {
    if (stopping.signal.aborted) process.exit(exitCodeOf(signal));
    stopping.abort(signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'])
    setInterval(() => process.ppid !== parent && !stopping.signal.aborted && stop('SIGTERM'), PARENT_CHECK_MS).unref();
  return stopping.signal;
};
