import type http from 'node:http';

export type ClockTimer = object;

/** The one clock as the cloud uses it. Instants are milliseconds since 1970. */
export type Clock = {
  now(): number;
  setTimeout(run: () => void, ms: number): ClockTimer;
  clearTimeout(timer: ClockTimer): void;
  /** An answer that comes later: its sender counts as idle meanwhile. Ends early when the sender hangs up. */
  park(ms: number, request: http.IncomingMessage): Promise<void>;
  /** Real work that no process on the clock waits for. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** For requests to processes on the clock. */
  agent: http.Agent;
  advance(ms: number, done?: () => boolean | Promise<boolean>): Promise<boolean>;
  advanceTo(instant: number, done?: () => boolean | Promise<boolean>): Promise<boolean>;
};
