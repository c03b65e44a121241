import type { OwnTimers } from './own-timers.ts';
import type { Time } from './time.ts';
import type { World } from './world.ts';

/** Whether the event that the caller waits for has happened. Must not advance the clock itself. */
export type Done = () => boolean | Promise<boolean>;

export type Movable = { time: Time; world: World; timers: OwnTimers };

/** Moves from due instant to due instant until `to` or until `done()`. Before each move every process is idle. */
export async function advanceTo({ time, world, timers }: Movable, to: number, done: Done): Promise<boolean> {
  if (!Number.isFinite(to)) throw new RangeError(`the clock can be advanced to an instant only, not to ${to}`);
  // The old reports do not cover events since the last move, such as a request from outside.
  world.tell(time.now());
  for (;;) {
    await world.quiet();
    if (await isDone(time, world, done)) return true;
    const own = timers.first();
    if (own && own.due <= time.now()) {
      timers.clearTimeout(own);
      own.run();
      continue;
    }
    const next = Math.min(own?.due ?? to, world.due(), to);
    if (next <= time.now()) return false;
    time.moveTo(next);
    // Every process gets the new time, and does the work that is due, before a timer of this process can reach it on another way.
    world.tell(next);
  }
}

/** A `done` that asks the processes (over HTTP) sets them to work, so they must come to rest again. */
async function isDone(time: Time, world: World, done: Done): Promise<boolean> {
  const answer = done();
  if (typeof answer === 'boolean') return answer;
  const result = await answer;
  if (!result) {
    world.tell(time.now());
    await world.quiet();
  }
  return result;
}
