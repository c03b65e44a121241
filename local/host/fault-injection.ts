/**
 * Fault injection for crash tests, by environment variables of the host. Nothing of it is active without them.
 *
 * HOST_CRASH_AFTER_LINE=k   the host kills itself (SIGKILL) right after the k-th line that it appends to the journal
 * HOST_KILL_WORKER=start:n  the worker is killed right before the n-th activity invocation reaches it
 * HOST_KILL_WORKER=effect:n the worker is killed when the n-th activity invocation has returned, and its result is lost
 *
 * Lines and invocations are counted from 1 in each host process.
 */
import type { DurableFunctions } from './durable/invoke-durable.ts';
import { WorkerDied } from './worker/worker-errors.ts';

export type Faults = {
  afterJournalLine(line: number): void;
  /** Wraps the calls to the functions of one worker. */
  around(functions: DurableFunctions, killWorker: () => void): DurableFunctions;
};

/** @throws Error naming the variable if its value has a wrong form */
export function faultsFrom(env: NodeJS.ProcessEnv): Faults {
  const crashLine = parse('HOST_CRASH_AFTER_LINE', /^()(\d+)$/, env);
  const kill = parse('HOST_KILL_WORKER', /^(start|effect):(\d+)$/, env);
  let activities = 0;
  const isDue = (): boolean => ++activities === kill?.number;
  return {
    afterJournalLine: (line) => {
      if (line === crashLine?.number) process.kill(process.pid, 'SIGKILL');
    },
    around: (functions, killWorker) => (kill ? withKill(functions, kill, { isDue, killWorker }) : functions),
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

/** `isDue`: counts an invocation by any worker. */
type Killing = { isDue(): boolean; killWorker(): void };

function withKill(functions: DurableFunctions, fault: Fault, { isDue, killWorker }: Killing): DurableFunctions {
  return {
    ...functions,
    invoke: async (trigger, name, data, metadata) => {
      const dies = trigger === 'activityTrigger' && isDue();
      if (dies && fault.moment === 'start') killWorker();
      const result = await functions.invoke(trigger, name, data, metadata);
      if (!dies || fault.moment === 'start') return result;
      killWorker();
      throw new WorkerDied(`fault injection: the result of activity invocation ${fault.number} is lost`);
    },
  };
}
