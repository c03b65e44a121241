import { type AppFunction, type AppFunctions, scheduleOf, timeZone, withTrigger } from './app-functions.ts';
import type { Invoke } from './invoker.ts';
import type { Log } from './log.ts';
import type { Mishaps } from './mishaps.ts';
import { withRetryPolicy } from './timers/retry-policy.ts';
import { parseSchedule } from './timers/schedule.ts';
import type { TimerStatusStore } from './timers/timer-status.ts';
import { startTimer, type TimerInfo } from './timers/timer-trigger.ts';
import { WorkerLost } from './worker/worker-errors.ts';

export type TimerFunctions = {
  /** Runs a timer function now, outside its schedule. */
  runNow(fn: AppFunction): Promise<void>;
  stop(): void;
};

type Run = (fn: AppFunction, info: TimerInfo) => Promise<void>;

/** Runs a timer function once, by its retry policy. Never rejects: a failure is logged. */
const runBy = (listener: () => Promise<Invoke>, log: Log): Run => {
  const run: Run = async (fn, info) => {
    try {
      const invoke = await listener();
      const data = { json: JSON.stringify(info) };
      await withRetryPolicy(fn.retryOptions, (context) => invoke(fn, data, {}, context));
    } catch (error) {
      // A lost run is not recorded as done: the next listener makes up for it, as past due.
      if (error instanceof WorkerLost) return run(fn, { ...info, IsPastDue: true });
      log('error', `${fn.name}: ${error instanceof Error ? error.message : error}`);
    }
  };
  return run;
};

/**
 * Starts the schedules of all timer functions of the app.
 * @param listener gives the invoker of the one worker whose timers fire; waits while that worker is lost
 */
export function startTimerFunctions(
  functions: AppFunctions,
  listener: () => Promise<Invoke>,
  statuses: TimerStatusStore,
  log: Log,
  mishaps: Mishaps,
): TimerFunctions {
  const run = runBy(listener, log);
  const timers = new Map(
    withTrigger(functions, 'timerTrigger').map((fn) => [
      fn.name,
      startTimer({
        name: fn.name,
        schedule: parseSchedule(scheduleOf(fn), timeZone()),
        isMonitored: fn.trigger.useMonitor !== false,
        runsOnStartup: fn.trigger.runOnStartup === true,
        run: async (info) => {
          if (!mishaps.stopsTimer(fn.name)) await run(fn, info);
        },
        statuses,
      }),
    ]),
  );
  return {
    runNow: async (fn) => {
      const timer = timers.get(fn.name);
      if (timer) await run(fn, timer.info());
    },
    stop: () => {
      for (const timer of timers.values()) timer.stop();
    },
  };
}
