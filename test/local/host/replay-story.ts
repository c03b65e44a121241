/** Orchestrations on a host that gives every step of an orchestrator a process of its own. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { cleanUpAfterAll } from '../../run/clean-up.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';

const program = fileURLToPath(new URL('./fresh-workers-host.ts', import.meta.url));

let running: Promise<HostProcess> | undefined;

cleanUpAfterAll(async () => {
  await (await running)?.kill();
  running = undefined;
});

/** The one host of a suite. */
const theHost = (): Promise<HostProcess> => {
  running ??= startHostProcess({ program });
  return running;
};

const failed = "Activity function 'fail' failed: fast failure";
const failure = "Orchestrator function 'thrower' failed: child broke";

/** By name: the input of each orchestration, and its result where all steps share a process. */
const ORCHESTRATIONS = {
  hello: [
    ['a', 'b'],
    ['Hello a', 'Hello b'],
  ],
  retryFail: [undefined, { caught: "Activity function 'fail' failed: always", after: 'Hello after' }],
  parent: [undefined, { a: ['Hello a', 'Hello b'], b: ['Hello c'], failure }],
  eternal: [{ n: 3, sum: 0 }, 12],
  mix: [undefined, { r1: [3, 2, null, 25, 4], first: true, failed, next: 'Hello next', s: 120, guid: 36 }],
  window: [undefined, [20, 50, 30, 5, 10]],
} as const;

export type Orchestration = keyof typeof ORCHESTRATIONS;
export const EVERY = Object.keys(ORCHESTRATIONS) as Orchestration[];

const expectSame = async (host: HostProcess, name: Orchestration): Promise<void> => {
  const [input, expected] = ORCHESTRATIONS[name];
  expect([name, (await host.run(name, input)).output]).toEqual([name, expected]);
};

/** Runs them side by side, beside an orchestration that waits for an event. Resolves with the number of steps. */
export const replay = async (names: readonly Orchestration[]): Promise<number> => {
  const host = await theHost();
  const approval = await host.start('approval', 3_600_000);
  await Promise.all(names.map((name) => expectSame(host, name)));
  await host.until(approval, ({ customStatus }) => customStatus?.stage === 'waiting');
  await host.raise(approval, 'approval', 1);
  expect((await host.until(approval)).output.approved).toBe(1);
  return host.log().match(/a step in a process of its own/g)?.length ?? 0;
};
