import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openCrew, RETURNS_AFTER_MS } from '../../../local/host/crew/crew.ts';
import type { Worker } from '../../../local/host/worker/open-worker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const aWorker = (): Worker => ({
  functions: [],
  pid: () => undefined,
  invoke: () => Promise.reject(new Error('nothing is asked of it')),
  kill: () => {},
  lose: () => {},
  close: async () => {},
});

const crewOfTwo = async () => {
  let opened = 0;
  const open = async (): Promise<Worker> => {
    opened += 1;
    return aWorker();
  };
  return { crew: await openCrew({ open, size: 2, log: () => {} }), opened: () => opened };
};

it('A lost worker is replaced after ten minutes', async () => {
  const { crew, opened } = await crewOfTwo();
  crew.lose(1);
  await vi.advanceTimersByTimeAsync(RETURNS_AFTER_MS);
  expect(opened()).toBe(3);
  expect(crew.up().map(({ number }) => number)).toEqual([1, 2]);
});

it('A worker that was lost does not come back to a host that has stopped', async () => {
  const { crew, opened } = await crewOfTwo();
  crew.lose(1);
  await crew.close();
  await vi.advanceTimersByTimeAsync(RETURNS_AFTER_MS);
  expect(opened()).toBe(2);
});
