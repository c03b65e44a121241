import { flushCompileCache } from 'node:module';
import type { Children } from '../children.ts';
import type { OpenRequests } from '../open-requests.ts';
import { CMD, isNow, isWhy, type Report } from '../protocol.ts';
import type { VirtualTimers } from './virtual-timers.ts';

type Process = {
  /** The name of the process in texts for people. */
  name: string;
  channel: { ref(): void; unref(): void };
  timers: VirtualTimers;
  children: Children;
  open: OpenRequests;
  serving: () => string[];
};

/** Reports to the parent whenever this process and its children are idle; follows the messages of the clock. */
export function reportIdleness(self: Process): void {
  const { channel, children } = self;
  let seq = 0;
  const sayNews = openNews();
  const idle = (): void => {
    flushCompileCache(); // a process on the clock is killed, and a killed process would not write its cache
    channel.ref(); // keeps the process alive while it waits for the parent
    if (children.busy().length === 0) sayNews(report(self, seq));
  };
  const received = (message: unknown): void => {
    if (isNow(message)) {
      seq = message.seq;
      children.tell(message.now);
      // Due timers run at once: a message that the parent sends next may be read in the same turn, and belongs to the new time.
      self.timers.runUntil(message.now);
    }
    if (isWhy(message)) {
      children.ask();
      sayRequests(self);
      if (message.why === 'busy' && children.busy().length === 0) sayWork(self.name);
    }
  };
  // Not a listener: a program's own 'beforeExit' must not run while its process merely waits.
  process.emit = new Proxy(process.emit, {
    apply: (emit, target, args) => {
      const [event, message] = args;
      if (event === 'beforeExit' && process.connected) return idle();
      channel.unref();
      if (event === 'internalMessage') received(message);
      return Reflect.apply(emit, target, args);
    },
  });
  channel.unref();
}

/** Sends reports. One like the last one tells the parent nothing: pieces of a single answer wake a process often. */
function openNews(): (news: Report) => void {
  let said = '';
  return (news) => {
    const text = JSON.stringify(news);
    if (text === said) return;
    said = text;
    process.send?.(news, () => undefined);
  };
}

function report({ timers, children, open, serving }: Process, seq: number): Report {
  const below = children.reports();
  const due = Math.min(...[timers.due(), ...below.map((child) => child.due)].filter((at) => at !== undefined));
  return {
    cmd: CMD,
    seq,
    ...(Number.isFinite(due) && { due }),
    open: [...open.ids(), ...below.flatMap((child) => child.open)],
    serving: [...serving(), ...below.flatMap((child) => child.serving)],
    ended: below.reduce((sum, child) => sum + child.ended, open.ended()),
  };
}

/** A report names requests by their ids alone: here is what they are. */
function sayRequests({ name, open }: Process): void {
  const words = open.inWords();
  if (words.length > 0) console.error(`clock: process ${process.pid} (${name}) waits for: ${words.join(', ')}`);
}

function sayWork(name: string): void {
  const work = process.getActiveResourcesInfo().join(', ');
  console.error(`clock: process ${process.pid} (${name}) is at work: ${work || 'its own code'}`);
}
