import type { ChildProcess, ForkOptions } from 'node:child_process';
import type http from 'node:http';
import type { Done } from './advance-to.ts';
import type { Timer } from './own-timers.ts';

export type ClockOptions = {
  /** The first instant, ms since epoch; 2026-01-01T00:00:00Z if not given. */
  now?: number | Date;
  /** Seeds Math.random of every process on the clock; 0 if not given. */
  seed?: number | string;
  /** Real ms without idleness after which `warn` gets the names of the busy processes; 10 s if not given. */
  patience?: number;
  /** Gets that line; stderr if not given. */
  warn?: (line: string) => void;
};

/** One virtual time for this process and the processes that it forks. The time stands still unless a caller advances it. */
export type Clock = {
  /** Virtual ms since epoch. */
  now(): number;
  setTimeout(run: () => void, ms: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
  /** Resolves after `ms` of virtual time. */
  sleep(ms: number): Promise<void>;
  /**
   * Delays the answer to `request`, whose sender counts as idle meanwhile. `Infinity` never answers.
   * Resolves early if the caller hangs up: then `request.socket.destroyed` is true.
   */
  park(ms: number, request: http.IncomingMessage): Promise<void>;
  /** Lets `request` wait as `park` does for as long as `work` takes: an answer of another process on the clock. */
  parkWhile<T>(request: http.IncomingMessage, work: () => Promise<T>): Promise<T>;
  /** Runs real work of this process (RSA, sockets, deliveries) that time must not overtake. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** For requests of this process into processes on the clock; time waits for their answers. */
  readonly agent: http.Agent;
  /** `child_process.fork`, on the clock. The child is busy until it first reports. */
  fork(module: string, args?: readonly string[], options?: ForkOptions): ChildProcess;
  /**
   * Time waits while `server` answers a request that is not parked, from any sender. A server with a route to advance the clock
   * must not be given here: the clock would wait for itself.
   */
  serve(server: http.Server): void;
  /** Moves to `to` (ms since epoch), or until `done()`; true if done. Calls queue up; time never goes back. */
  advanceTo(to: number, done?: Done): Promise<boolean>;
  /** Moves by `ms` from the instant at which its turn comes. */
  advance(ms: number, done?: Done): Promise<boolean>;
  /**
   * The instant to which the clock moves now (ms since epoch); `now()` where it stands still. A later move may have been asked
   * for since.
   */
  goal(): number;
  /** Lets time follow the wall clock at `rate` virtual seconds per real second. Returns the function that stops it. */
  followWall(rate?: number): () => void;
  /** The virtual seconds that pass in a real second where the clock follows the wall; 1 where it stands still. */
  pace(): number;
  /** How many times the clock has moved. */
  readonly jumps: number;
  /** Waits until every process is idle at this instant. */
  settle(): Promise<void>;
  /** Kills what still lives on the clock; resolves when it is gone. */
  close(): Promise<void>;
};
