/**
 * Fault injection for crash tests, by environment variables of the host. Nothing of it is active without them.
 *
 * HOST_CRASH_AFTER_LINE=k   the host kills itself (SIGKILL) right after the k-th line that it appends to the journal
 * HOST_KILL_WORKER=start:n  the worker is killed right before the n-th activity invocation reaches it
 * HOST_KILL_WORKER=effect:n the worker is killed when the n-th activity invocation has returned, and its result is lost
 *
 * HOST_LOSE_WORKER=start:n  likewise the worker that runs it is lost with its machine: see crew/crew.ts
 * HOST_LOSE_WORKER=effect:n
 *
 * Lines and invocations are counted from 1 in each host process.
 */
import type { DurableFunctions } from './durable/invoke-durable.ts';
import { WorkerDied, WorkerLost } from './worker/worker-errors.ts';

export type Faults = {
  afterJournalLine(line: number): void;
  /** Wraps the way to the app. */
  around(functions: DurableFunctions, worker: Mortal): DurableFunctions;
};

/** A worker, as far as faults go. */
type Mortal = { kill(): void; lose(): void };

/** @throws Error naming the variable if its value has a wrong form */
export function faultsFrom(env: NodeJS.ProcessEnv): Faults {
  const crashLine = parse('HOST_CRASH_AFTER_LINE', /^()(\d+)$/, env);
  const kill = parse('HOST_KILL_WORKER', /^(start|effect):(\d+)$/, env);
  const loss = parse('HOST_LOSE_WORKER', /^(start|effect):(\d+)$/, env);
  let activities = 0;
  const count = (): number => ++activities;
  return {
    afterJournalLine: (line) => {
      if (line === crashLine?.number) process.kill(process.pid, 'SIGKILL');
    },
    around: (functions, worker) => {
      if (loss) return withEnd(functions, loss, count, { end: worker.lose, Failure: WorkerLost });
      return kill ? withEnd(functions, kill, count, { end: worker.kill, Failure: WorkerDied }) : functions;
    },
  };
}

type Fault = { moment: string; number: number };

function parse(name: string, form: RegExp, env: NodeJS.ProcessEnv): Fault | null {
  const value = env[name];
  if (!value) return null;
  const match = form.exec(value);
  if (!match) throw new Error(`${name} is '${value}', and must have the form ${form.source}`);
  return { moment: match[1] ?? '', number: Number(match[2]) };
}

type End = { end(): void; Failure: new (message: string) => Error };

function withEnd(
  functions: DurableFunctions,
  fault: Fault,
  count: () => number,
  { end, Failure }: End,
): DurableFunctions {
  return {
    ...functions,
    invoke: async (trigger, name, data, metadata) => {
      const isDue = trigger === 'activityTrigger' && count() === fault.number;
      if (isDue && fault.moment === 'start') end();
      const result = await functions.invoke(trigger, name, data, metadata);
      if (!isDue || fault.moment === 'start') return result;
      end();
      throw new Failure(`fault injection: the result of activity invocation ${fault.number} is lost`);
    },
  };
}
