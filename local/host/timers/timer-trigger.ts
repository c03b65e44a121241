import type { Schedule } from './schedule.ts';
import type { TimerStatus, TimerStatusStore } from './timer-status.ts';

/** The argument of a timer function. The SDK turns the names into camelCase. */
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

type State = TimerOptions & { status: TimerStatus; handle: NodeJS.Timeout | undefined; stopped: boolean };

/** The longest delay of setTimeout; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
const NEVER = '0001-01-01T00:00:00+00:00';

/**
 * Runs a function at the occurrences of its schedule, one run at a time. A monitored occurrence that was missed while
 * the host was down runs at once, as past due.
 */
export function startTimer(options: TimerOptions): TimerTrigger {
  const { name, schedule, statuses } = options;
  const isMonitored = options.isMonitored && !schedule.isSubMinute;
  const stored = isMonitored ? statuses.get(name) : undefined;
  const status = statusNow(schedule, stored, new Date());
  if (isMonitored && status !== stored) statuses.set(name, status);
  const timer: State = { ...options, isMonitored, status, handle: undefined, stopped: false };
  const isPastDue = Date.parse(status.Next) < Date.now();
  if (isPastDue || options.runsOnStartup) void occur(timer, new Date(), isPastDue);
  else arm(timer);
  return {
    info: () => infoOf(timer, false),
    stop: () => {
      timer.stopped = true;
      clearTimeout(timer.handle);
    },
  };
}

/**
 * The stored status, unless the schedule has changed since. A changed schedule begins anew, without missed occurrences
 * (ScheduleMonitor.CheckPastDueAsync of the timer extension).
 */
const statusNow = (schedule: Schedule, stored: TimerStatus | undefined, now: Date): TimerStatus => {
  const begin = { Last: NEVER, Next: schedule.next(now).toISOString(), LastUpdated: now.toISOString() };
  if (!stored) return begin;
  const from = new Date(stored.Last === NEVER ? stored.LastUpdated : stored.Last);
  const expected = schedule.next(from);
  if (expected.toISOString() === stored.Next) return stored;
  return expected < now ? begin : { Last: NEVER, Next: expected.toISOString(), LastUpdated: from.toISOString() };
};

const infoOf = ({ isMonitored, status }: State, IsPastDue: boolean): TimerInfo => ({
  Schedule: { AdjustForDST: true },
  ScheduleStatus: isMonitored ? status : null,
  IsPastDue,
});

function arm(timer: State): void {
  if (timer.stopped) return;
  const next = Date.parse(timer.status.Next);
  const delay = Math.min(Math.max(1, next - Date.now()), LONGEST_DELAY_MS);
  const due = (): void => {
    // setTimeout may fire a moment early, and then the same occurrence would run twice.
    if (delay < LONGEST_DELAY_MS) void occur(timer, new Date(Math.max(Date.now(), next)), false);
    else arm(timer);
  };
  timer.handle = setTimeout(due, delay);
}

async function occur(timer: State, at: Date, isPastDue: boolean): Promise<void> {
  await timer.run(infoOf(timer, isPastDue));
  const next = timer.schedule.next(at).toISOString();
  timer.status = { Last: at.toISOString(), Next: next, LastUpdated: at.toISOString() };
  if (timer.isMonitored) timer.statuses.set(timer.name, timer.status);
  arm(timer);
}
