import childProcess, { type ForkOptions } from 'node:child_process';
import type { Children } from '../children.ts';
import { onClock } from '../on-clock.ts';

/** Every child that this process forks lives on the clock as well, and does not keep it from being idle. */
export function forkOnClock(children: Children, seed: string): void {
  let forks = 0;
  childProcess.fork = new Proxy(childProcess.fork, {
    apply: (fork, self, [module, ...rest]) => {
      const args: readonly string[] = Array.isArray(rest[0]) ? rest[0] : [];
      const options: ForkOptions = (Array.isArray(rest[0]) || rest[0] === undefined ? rest[1] : rest[0]) ?? {};
      const onTheClock = onClock(options, Date.now(), `${seed}.${forks++}`);
      const child = Reflect.apply(fork, self, [module, args, onTheClock]);
      child.unref();
      child.channel?.unref();
      children.add(child);
      return child;
    },
  });
}
