import type { Crew, Member } from './crew.ts';

/** `listenerLockPeriod` of the WebJobs SDK: for this time no other worker listens to a timer whose listener is lost. */
export const TIMER_LOCK_MS = 60_000;

/** The lock of the worker whose timers fire. If the holder is lost, `holder` waits for the next one. */
export type TimerLock = { holder(): Promise<Member> };

export function createTimerLock(crew: Crew): TimerLock {
  let holder = crew.up()[0];
  const waiting = new Set<(member: Member) => void>();
  const isUp = (member: Member | undefined): boolean => member !== undefined && crew.up().includes(member);
  const take = (): void => {
    if (isUp(holder)) return;
    holder = crew.up()[0];
    if (!holder) return;
    for (const go of waiting) go(holder);
    waiting.clear();
  };
  let isRunningOut = false;
  crew.watch(() => {
    if (isUp(holder) || isRunningOut) return;
    isRunningOut = true;
    setTimeout(() => {
      isRunningOut = false;
      take();
    }, TIMER_LOCK_MS);
  });
  return {
    holder: () =>
      new Promise((resolve) => {
        if (holder && isUp(holder)) resolve(holder);
        else waiting.add(resolve);
      }),
  };
}
