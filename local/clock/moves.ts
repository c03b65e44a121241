import { advanceTo, type Done, type Movable } from './advance-to.ts';
import type { Clock } from './clock.ts';
import { createTurns } from './turns.ts';

/** The ways to move the clock, one after the other in the order in which they were asked for. */
export function createMoves(movable: Movable): Pick<Clock, 'advance' | 'advanceTo' | 'settle'> {
  const { time } = movable;
  const inTurn = createTurns();
  const move = (to: () => number, done: Done = () => false): Promise<boolean> =>
    inTurn(() => advanceTo(movable, to(), done));
  return {
    advanceTo: (to, done) => move(() => to, done),
    advance: (ms, done) => move(() => time.now() + ms, done),
    settle: async () => void (await move(time.now)),
  };
}
