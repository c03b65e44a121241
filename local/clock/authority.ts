import http from 'node:http';
import type { Done } from './advance-to.ts';
import { createAnswering } from './answering.ts';
import { createChildren } from './children.ts';
import type { Clock, ClockOptions } from './clock.ts';
import { followHttpClient } from './follow-http-client.ts';
import { followWall } from './follow-wall.ts';
import { createForking } from './forking.ts';
import { createHolds } from './holds.ts';
import { createMoves } from './moves.ts';
import { createOpenRequests } from './open-requests.ts';
import { createOwnTimers, type Timer } from './own-timers.ts';
import { createPace } from './pace.ts';
import { park, parkWhile } from './parking.ts';
import { createSignal } from './signal.ts';
import { createTime } from './time.ts';
import { createWorld } from './world.ts';

export type { Clock, ClockOptions, Done, Timer };

const toStderr = (line: string): void => void process.stderr.write(`${line}\n`);

/** A clock for this process and the processes that it forks. Several may live in one process. */
export function createClock(options: ClockOptions = {}): Clock {
  const { now = Date.UTC(2026, 0, 1), seed = 0, patience = 10_000, warn = toStderr } = options;
  const time = createTime(Number(now));
  const signal = createSignal();
  const children = createChildren(time.now, signal.raise);
  const open = createOpenRequests(signal.raise);
  const answering = createAnswering(signal.raise);
  const { hold, held } = createHolds(signal.raise);
  const forking = createForking(children, time.now, seed);
  const agent = new http.Agent({ keepAlive: true });
  const unfollow = followHttpClient(open, (request) => 'agent' in request && request.agent === agent);
  const world = createWorld({ children, open, answering, held, signal }, time.now, { ms: patience, warn });
  const timers = createOwnTimers(time.now);
  const moves = createMoves({ time, world, timers });
  const stopping = new AbortController();
  const pace = createPace((rate) => followWall(moves.advance, rate, stopping.signal));
  return {
    now: time.now,
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clearTimeout,
    sleep: timers.sleep,
    park: (ms, request) => park(timers, answering, ms, request),
    parkWhile: (request, work) => parkWhile(answering, request, work),
    hold,
    agent,
    fork: forking.fork,
    serve: answering.serve,
    ...moves,
    followWall: (rate = 1) => pace.follow(rate),
    pace: pace.now,
    get jumps() {
      return time.jumps();
    },
    close: async () => {
      stopping.abort();
      unfollow();
      agent.destroy();
      await forking.killAll();
    },
  };
}
