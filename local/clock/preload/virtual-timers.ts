import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import FakeTimers from '@sinonjs/fake-timers';

export type VirtualTimers = {
  /** Earliest due timer, virtual ms since epoch. */
  due(): number | undefined;
  /** Runs what is due until `to`, one timer per turn as Node does, so that promises run between two timers. */
  runUntil(to: number): void;
};

/** Puts Date, setTimeout and setInterval on a clock that stands still; setImmediate, nextTick and Node's own stay real. */
export function installVirtualTimers(now: number): VirtualTimers {
  const real = { setTimeout: globalThis.setTimeout, wait: timersPromises.setTimeout };
  const clock = FakeTimers.install({
    now,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    shouldClearNativeTimers: true,
  });
  keepSoonReal(real);
  replaceAbortTimeout();
  const due = (): number | undefined => clock.timerHeap?.timers[0]?.callAt;
  const runUntil = (to: number): void => {
    const next = due();
    if (next === undefined || next > to) {
      if (clock.now < to) clock.tick(to - clock.now);
      return;
    }
    try {
      clock.next();
    } finally {
      setImmediate(runUntil, to);
    }
  };
  return { due, runUntil };
}

type Real = { setTimeout: typeof globalThis.setTimeout; wait: typeof timersPromises.setTimeout };

/** Every library, Node included, uses a delay of 0 or 1 ms for "soon". Such a timer must never wait for the clock. */
function keepSoonReal(real: Real): void {
  const virtual: Real = { setTimeout: globalThis.setTimeout, wait: timersPromises.setTimeout };
  const isSoon = (delay: unknown): boolean => !(Number(delay) > 1);
  const wait = new Proxy(virtual.wait, {
    apply: (target, self, [delay, ...rest]) =>
      Reflect.apply(isSoon(delay) ? real.wait : target, self, [delay, ...rest]),
  });
  const setTimeout = new Proxy(virtual.setTimeout, {
    apply: (target, self, [run, delay, ...rest]) =>
      Reflect.apply(isSoon(delay) ? real.setTimeout : target, self, [run, delay, ...rest]),
    get: (target, name) => (name === promisify.custom ? wait : Reflect.get(target, name)),
  });
  globalThis.setTimeout = setTimeout;
  timers.setTimeout = setTimeout;
  timersPromises.setTimeout = wait;
}

/** The timers of AbortSignal.timeout are inside Node, out of reach. */
function replaceAbortTimeout(): void {
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const error = (): DOMException => new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => controller.abort(error()), ms).unref();
    return controller.signal;
  };
}
