import { advanceTo, type Done, type Movable } from './advance-to.ts';
import type { Clock } from './clock.ts';

/** The ways to move the clock, one after the other in the order in which they were asked for. */
export function createMoves(movable: Movable): Pick<Clock, 'advance' | 'advanceTo' | 'settle' | 'goal'> {
  const { time } = movable;
  const inTurn = createTurns();
  let goal = 0;
  const move = (to: () => number, done: Done = () => false): Promise<boolean> =>
    inTurn(async () => {
      goal = to();
      // The awaited event may come before the goal: then the clock has no goal any more.
      return advanceTo(movable, goal, done).finally(() => {
        goal = time.now();
      });
    });
  return {
    advanceTo: (to, done) => move(() => to, done),
    advance: (ms, done) => move(() => time.now() + ms, done),
    goal: () => Math.max(goal, time.now()),
    settle: async () => void (await move(time.now)),
  };
}

/** Runs work one piece after another, in the order in which it was asked for. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined); // the caller that asked for this turn gets its failure
    return turn;
  };
}
