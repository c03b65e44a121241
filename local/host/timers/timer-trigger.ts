import type { Schedule } from './schedule.ts';
import type { TimerStatus, TimerStatusStore } from './timer-status.ts';

export type TimerInfo = {
  Schedule: { AdjustForDST: boolean };
  ScheduleStatus: TimerStatus | null;
  IsPastDue: boolean;
};

export type TimerTrigger = { info(): TimerInfo; stop(): void };

export type TimerOptions = {
  name: string;
  schedule: Schedule;
  isMonitored: boolean;
  runsOnStartup: boolean;
  /** Never rejects. */
  run(info: TimerInfo): Promise<void>;
  statuses: TimerStatusStore;
};

/** The longest delay of setTimeout; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
const NEVER = '0001-01-01T00:00:00+00:00';

/**
 * Runs a function at the occurrences of its schedule, one run at a time. A monitored occurrence that was missed while
 * the host was down is made up for at once, as past due.
 */
export function startTimer(options: TimerOptions): TimerTrigger {
  const { schedule, name, statuses } = options;
  const isMonitored = options.isMonitored && !schedule.isSubMinute;
  const stored = isMonitored ? statuses.get(name) : undefined;
  let status = stored ?? { Last: NEVER, Next: schedule.next(new Date()).toISOString(), LastUpdated: NEVER };
  let handle: NodeJS.Timeout | undefined;
  let stopped = false;

  const info = (IsPastDue = false): TimerInfo => ({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: isMonitored ? status : null,
    IsPastDue,
  });
  const arm = (): void => {
    if (stopped) return;
    const delay = Math.min(Math.max(1, Date.parse(status.Next) - Date.now()), LONGEST_DELAY_MS);
    handle = setTimeout(() => (delay === LONGEST_DELAY_MS ? arm() : void occur(false)), delay);
  };
  const occur = async (isPastDue: boolean): Promise<void> => {
    // setTimeout may fire a moment early, and the same occurrence would come twice.
    const at = new Date(isPastDue ? Date.now() : Math.max(Date.now(), Date.parse(status.Next)));
    await options.run(info(isPastDue));
    status = { Last: at.toISOString(), Next: schedule.next(at).toISOString(), LastUpdated: at.toISOString() };
    if (isMonitored) statuses.set(name, status);
    arm();
  };

  const isPastDue = Date.parse(status.Next) < Date.now();
  if (isMonitored && !stored) statuses.set(name, status);
  if (isPastDue || options.runsOnStartup) void occur(isPastDue);
  else arm();
  return {
    info,
    stop: () => {
      stopped = true;
      clearTimeout(handle);
    },
  };
}
