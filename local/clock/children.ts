import type { ChildProcess } from 'node:child_process';
import { isReport, type Now, type Report, type Why } from './protocol.ts';

type Child = { process: ChildProcess; sent: number; report: Report | undefined };

export type Children = {
  add(process: ChildProcess): void;
  /** Passes the time down; the reports so far no longer count. */
  tell(now: Now): void;
  /** Asks those without a report what they are busy with. */
  ask(why: Why): void;
  /** Processes without a valid report: just forked, or at work. */
  busy(): ChildProcess[];
  /** The valid reports; complete only if nobody is busy. */
  reports(): Report[];
  all(): ChildProcess[];
};

/** The child processes on the clock: what they were sent, and whether their last report still counts. */
export function createChildren(changed: () => void): Children {
  const children = new Set<Child>();
  const send = (child: Child, message: Now | Why): void => {
    // A child that dies meanwhile is dropped when its exit arrives, so a failed send needs no answer.
    if (child.process.connected) child.process.send(message, () => undefined);
  };
  return {
    add: (process) => {
      if (process.pid === undefined) return;
      const child: Child = { process, sent: 0, report: undefined };
      children.add(child);
      countSent(child);
      process.on('internalMessage', (message: unknown) => {
        if (isReport(message) && message.got === child.sent) child.report = message;
        changed();
      });
      process.prependListener('message', changed);
      process.prependListener('exit', () => {
        children.delete(child);
        changed();
      });
    },
    tell: (now) => {
      for (const child of children) send(child, now);
    },
    ask: (why) => {
      for (const child of children) if (!child.report) send(child, why);
    },
    busy: () => [...children].filter((child) => !child.report).map((child) => child.process),
    reports: () => [...children].flatMap((child) => child.report ?? []),
    all: () => [...children].map((child) => child.process),
  };
}

/** The program's own messages count too: the child is busy from the moment one is on its way. */
function countSent(child: Child): void {
  child.process.send = new Proxy(child.process.send, {
    apply: (send, self, message) => {
      child.sent++;
      child.report = undefined;
      return Reflect.apply(send, self, message);
    },
  });
}
