export type Time = { now(): number; moveTo(instant: number): void; jumps(): number };

/** The virtual instant, ms since epoch. It never goes back. */
export function createTime(first: number): Time {
  if (!Number.isFinite(first)) throw new RangeError(`the clock must begin at a date, not at ${first}`);
  let now = Math.trunc(first);
  let jumps = 0;
  return {
    now: () => now,
    jumps: () => jumps,
    moveTo: (instant) => {
      if (instant <= now) throw new RangeError(`time cannot go back from ${now} to ${instant}`);
      now = instant;
      jumps++;
    },
  };
}
