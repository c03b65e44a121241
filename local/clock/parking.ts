import type { IncomingMessage } from 'node:http';
import type { Answering } from './answering.ts';
import type { Timer } from './own-timers.ts';

type Timers = { setTimeout(run: () => void, ms: number): Timer; clearTimeout(timer: Timer): void };

/** Waits `ms` of virtual time before the answer to `request`, or until its caller hangs up. */
export function park(timers: Timers, answering: Answering, ms: number, request: IncomingMessage): Promise<void> {
  const { socket } = request;
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      socket.off('close', end);
      timers.clearTimeout(timer);
      answering.unpark(request);
      resolve();
    };
    const timer = timers.setTimeout(end, ms);
    answering.park(request);
    socket.once('close', end);
  });
}

/** Lets the answer to `request` wait until `work` is done; time may pass meanwhile. */
export async function parkWhile<T>(answering: Answering, request: IncomingMessage, work: () => Promise<T>): Promise<T> {
  answering.park(request);
  try {
    return await work();
  } finally {
    answering.unpark(request);
  }
}
