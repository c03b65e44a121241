import type { ChildProcess } from 'node:child_process';
import { CMD, isClockMessage, isReport, type Now, type Report, type Why } from './protocol.ts';

type Child = { process: ChildProcess; seq: number; report: Report | undefined };

export type Children = {
  add(process: ChildProcess): void;
  /** Sends the time to every child; the reports before it no longer count. */
  tell(now: number): void;
  /** Asks the children for the work that keeps them busy, and for the requests that they wait for. */
  ask(): void;
  /** Processes without a valid report: just forked, at work, or dying. */
  busy(): ChildProcess[];
  /** The valid reports; complete only when no child is busy. */
  reports(): Report[];
  all(): ChildProcess[];
};

/** The child processes on the clock, and whether the last report of each still counts. */
export function createChildren(now: () => number, changed: () => void): Children {
  const children = new Set<Child>();
  const hear = (child: Child, event: string | symbol, message: unknown): void => {
    if (event === 'internalMessage' && isReport(message) && message.seq === child.seq) child.report = message;
    // A parent may wait for the end of a child that it has disconnected, and that child can no longer report that it is idle.
    if (event === 'disconnect') child.report = undefined;
    if (event === 'exit') children.delete(child);
    changed();
  };
  return {
    add: (process) => {
      if (process.pid === undefined) return; // it could not be started: 'error' follows, and no 'exit'
      const child: Child = { process, seq: 0, report: undefined };
      children.add(child);
      hearFirst(process, (event, message) => hear(child, event, message));
      followMessages(child, now);
    },
    tell: (at) => {
      for (const child of children) tell(child, at);
    },
    ask: () => {
      for (const child of children) send(child.process, { cmd: CMD, why: child.report ? 'waiting' : 'busy' });
    },
    busy: () => [...children].filter((child) => !child.report).map((child) => child.process),
    reports: () => [...children].flatMap((child) => child.report ?? []),
    all: () => [...children].map((child) => child.process),
  };
}

function tell(child: Child, now: number): void {
  child.report = undefined;
  send(child.process, { cmd: CMD, now, seq: ++child.seq });
}

/** A child may die before the message reaches it. It is removed when its exit arrives, so a failed send needs no handling. */
function send(process: ChildProcess, message: Now | Why): void {
  if (process.connected) process.send(message, () => undefined);
}

/**
 * After each message of the program the parent sends the time again: the child's answer proves that the child has the message.
 */
function followMessages(child: Child, now: () => number): void {
  const { process } = child;
  process.send = new Proxy(process.send, {
    apply: (sendMessage, self, args) => {
      const accepted = Reflect.apply(sendMessage, self, args);
      if (!isClockMessage(args[0])) tell(child, now());
      return accepted;
    },
  });
}

/**
 * Not an ordinary listener: Node keeps messages until a program adds its first listener, and a listener of the clock would take
 * messages meant for a later one.
 */
function hearFirst(process: ChildProcess, hear: (event: string | symbol, message: unknown) => void): void {
  process.emit = new Proxy(process.emit, {
    apply: (emit, self, args) => {
      hear(args[0], args[1]);
      return Reflect.apply(emit, self, args);
    },
  });
}
