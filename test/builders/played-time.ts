import type { Time } from '../../src/azure/http/share.ts';

/** Time for code that asks for it: it stands still unless a test lets it pass, and goes from one sleeper to the next. */
export type PlayedTime = {
  readonly time: Time;
  pass(ms: number): Promise<void>;
  /** The clock shows an earlier time from now on. Sleepers do not sleep longer because of it. */
  setBack(ms: number): void;
};

/** Long enough for a woken sleeper to sleep again: no code here waits for anything else. */
const settled = async (): Promise<void> => {
  for (let n = 0; n < 3; n++) await new Promise((resolve) => void setImmediate(resolve));
};

export const playedTime = (begins = Date.parse('2026-03-02T00:00:00Z')): PlayedTime => {
  let now = begins;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const wakeNext = (end: number): boolean => {
    const first = Math.min(...sleepers.map(({ at }) => at));
    if (first > end) return false;
    now = Math.max(now, first);
    const woken = sleepers.filter(({ at }) => at <= now);
    sleepers = sleepers.filter(({ at }) => at > now);
    for (const { wake } of woken) wake();
    return true;
  };
  return {
    time: { now: () => now, sleep: (ms) => new Promise((wake) => void sleepers.push({ at: now + ms, wake })) },
    pass: async (ms) => {
      const end = now + ms;
      do await settled();
      while (wakeNext(end));
      now = end;
    },
    setBack: (ms) => {
      now -= ms;
      sleepers = sleepers.map(({ at, wake }) => ({ at: at - ms, wake }));
    },
  };
};
