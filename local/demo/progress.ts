const MINUTE_MS = 60_000;
/** A wait of a minute of real time is reported at every five percent, not each second. */
const STEP_PERCENT = 5;

/** An instant to the minute, without the `T` of ISO 8601. */
const told = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

type Way = { readonly from: number; readonly goal: number; readonly said: number };

/**
 * The progress of the clock towards its goal, first when more than a minute is left and then at every five percent. Looks are a
 * real second apart: a clock that follows the wall clock is never so far behind.
 */
export const createProgress = (): ((now: number, goal: number) => string | undefined) => {
  let way: Way | undefined;
  return (now, goal) => {
    if (goal - now <= MINUTE_MS) {
      way = undefined;
      return undefined;
    }
    const { from, said } = way?.goal === goal ? way : { from: now, said: -STEP_PERCENT };
    const percent = Math.floor(((now - from) / (goal - from)) * 100);
    way = { from, goal, said: percent >= said + STEP_PERCENT ? percent : said };
    return way.said === said ? undefined : `The clock moves: ${told(now)} of ${told(goal)}, ${percent} %`;
  };
};
