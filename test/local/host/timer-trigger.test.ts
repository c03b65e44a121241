import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseSchedule } from '../../../local/host/timers/schedule.ts';
import type { TimerStatus } from '../../../local/host/timers/timer-status.ts';
import { startTimer, type TimerTrigger } from '../../../local/host/timers/timer-trigger.ts';

const MINUTE = 60_000;

let kept: Map<string, TimerStatus>;
let running: TimerTrigger[];
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-14T12:00:30Z') });
  kept = new Map();
  running = [];
});
afterEach(() => {
  for (const timer of running) timer.stop();
  vi.useRealTimers();
});

/** A host that starts with this schedule and with the stored state of an earlier host. `runs`: whether each run was past due. */
const hostWith = (expression: string): { readonly runs: boolean[]; stop(): void } => {
  const runs: boolean[] = [];
  const timer = startTimer({
    name: 'probe',
    schedule: parseSchedule(expression, 'UTC'),
    isMonitored: true,
    runsOnStartup: false,
    run: async ({ IsPastDue }) => void runs.push(IsPastDue),
    statuses: { get: (name) => kept.get(name), set: (name, status) => void kept.set(name, status) },
  });
  running.push(timer);
  return { runs, stop: timer.stop };
};

const EVERY_MINUTE = '0 * * * * *';
const ONCE_A_YEAR = '0 0 0 1 1 *';

describe('a timer whose host is started again', () => {
  it('goes on with its schedule, and makes up once for what it missed', async () => {
    hostWith(EVERY_MINUTE).stop();
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    const { runs } = hostWith(EVERY_MINUTE);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(runs).toEqual([true, false]);
  });

  it.each([
    ['before it ever ran', 0],
    ['after it ran', 2 * MINUTE],
  ])('takes the other schedule that it got meanwhile, %s, and has missed nothing by it', async (_when, ms) => {
    const before = hostWith(EVERY_MINUTE);
    await vi.advanceTimersByTimeAsync(ms);
    before.stop();
    const seldom = hostWith(ONCE_A_YEAR);
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    seldom.stop();
    const often = hostWith(EVERY_MINUTE);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect([seldom.runs, often.runs]).toEqual([[], [false, false]]);
  });
});
