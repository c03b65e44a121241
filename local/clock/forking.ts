import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import type { Children } from './children.ts';
import { onClock } from './on-clock.ts';

export type Forking = {
  fork(module: string, args?: readonly string[], options?: ForkOptions): ChildProcess;
  /** Kills every child that lives; resolves when all have ended. */
  killAll(): Promise<void>;
};

/** Starts programs on the clock, each with a seed of its own. */
export function createForking(children: Children, now: () => number, seed: number | string): Forking {
  let forks = 0;
  return {
    fork: (module, args = [], options = {}) => {
      const child = fork(module, args, onClock(options, now(), `${seed}.${forks++}`));
      children.add(child);
      return child;
    },
    killAll: async () => {
      const gone = children.all().map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children.all()) child.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
