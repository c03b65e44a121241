import { readdirSync, readFileSync } from 'node:fs';
import type { RunningHost } from '../../local/host-process.ts';

/** Milliseconds of the processor by all threads of a process; NaN where nobody says. */
export type ByProcess = {
  /** The product itself. */
  readonly worker: number;
  readonly host: number;
  /** The local Azure and the clock: this process. */
  readonly cloud: number;
  /** Whatever else this process has started: the storage emulator, and the scripts. */
  readonly others: number;
};

/** Linux alone says what another process has run, in nanoseconds. */
const ranMs = (pid: number): number => {
  const tasks = `/proc/${pid}/task`;
  const ns = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]));
  return ns.reduce((sum, one) => sum + one, 0) / 1_000_000;
};

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

const sum = (pids: readonly number[]): number => pids.reduce((all, pid) => all + ranMs(pid), 0);

export const processorByProcess = ({ pid }: RunningHost): ByProcess => {
  try {
    const others = childrenOf(process.pid).filter((child) => child !== pid);
    return { worker: sum(childrenOf(pid)), host: ranMs(pid), cloud: ranMs(process.pid), others: sum(others) };
  } catch {
    return { worker: Number.NaN, host: Number.NaN, cloud: Number.NaN, others: Number.NaN };
  }
};

export const spentSince = (before: ByProcess, now: ByProcess): ByProcess => ({
  worker: now.worker - before.worker,
  host: now.host - before.host,
  cloud: now.cloud - before.cloud,
  others: now.others - before.others,
});

/** Of all processes together. */
export const processorOfAll = ({ worker, host, cloud, others }: ByProcess): number => worker + host + cloud + others;
