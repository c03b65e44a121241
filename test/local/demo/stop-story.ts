/** How `npm start` is ended from outside. */
import { describe, expect } from 'vitest';
import { type MainProcess, noSurvivor, processesOf, startMain } from './main-process.ts';

export const UP = 'From now on the clock';

export const pidOf = ({ child }: MainProcess): number => {
  if (child.pid === undefined) throw new Error('It did not start.');
  return child.pid;
};

export const ctrlC = (main: MainProcess): boolean => process.kill(-pidOf(main), 'SIGINT');

if (process.platform !== 'linux') console.log('skipped: the processes of a session are counted through /proc');

export const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

/** Starts the story and ends it in this way: it exits with 0, and no process is left. */
export const expectToStop = async (stop: (main: MainProcess) => boolean): Promise<void> => {
  const main = startMain([]);
  await main.until(UP);
  expect(processesOf(main.child).length).toBeGreaterThanOrEqual(4);
  stop(main);
  await noSurvivor(main);
  expect(await main.ended).toBe(0);
};

/** Ctrl-C when it has just said this. */
export const expectToBeInterrupted = async (line: string): Promise<void> => {
  const main = startMain([]);
  await main.until(line);
  ctrlC(main);
  await noSurvivor(main);
  expect(await main.ended).toBe(130);
};
