import type { ChildProcess, ForkOptions } from 'node:child_process';
import type http from 'node:http';
import type { Done } from './advance-to.ts';
import type { Timer } from './own-timers.ts';

export type ClockOptions = {
  /** The first instant, ms since epoch; 2026-01-01T00:00:00Z if not given. */
  now?: number | Date;
  /** Seeds Math.random of every process on the clock; 0 if not given. */
  seed?: number | string;
  /** Real ms without idleness after which `warn` hears who is busy; 10 s if not given. */
  patience?: number;
  /** Where that line goes; stderr if not given. */
  warn?: (line: string) => void;
};

/** One virtual time for this process and those it forks. It stands still unless it is advanced. */
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
   * Time waits while `server` answers a request that is not parked, whoever sent it. Not for a server that
   * has a route to advance the clock: that would wait for itself.
   */
  serve(server: http.Server): void;
  /** Moves to `to` (ms since epoch), or until `done()`; true if done. Calls queue up; time never goes back. */
  advanceTo(to: number, done?: Done): Promise<boolean>;
  /** Moves by `ms` from the instant at which its turn comes. */
  advance(ms: number, done?: Done): Promise<boolean>;
  /** Where it moves to now (ms since epoch); `now()` where it stands still. Others may have been asked for after that. */
  goal(): number;
  /** Lets time follow the wall, `rate` virtual seconds per real one. Returns what stops it. */
  followWall(rate?: number): () => void;
  /** How many virtual seconds pass in a real one now, where it follows the wall; 1 where it does not. */
  pace(): number;
  /** How many times the clock has moved. */
  readonly jumps: number;
  /** Waits until nobody has anything left to do at this instant. */
  settle(): Promise<void>;
  /** Kills what still lives on the clock; resolves when it is gone. */
  close(): Promise<void>;
};
