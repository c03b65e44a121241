import { readFileSync, writeFileSync } from 'node:fs';
import type { RunningHost } from '../../local/host-process.ts';

/** Only Linux shows the most memory that a process has held: other systems have no figure. */
const ofLinux = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const workerOf = ({ pid }: RunningHost): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Forgets the worker's peak so far. */
export const resetPeak = (host: RunningHost): void => {
  ofLinux(() => writeFileSync(`/proc/${workerOf(host)}/clear_refs`, '5'));
};

/** The most memory that the worker has held since then, in MiB. */
export const peakMemory = (host: RunningHost): number | undefined => ofLinux(() => peakOf(workerOf(host)));

/** The share of a worker in the 512 MiB that the smallest instance of Azure Functions has beside its host. */
export const MEMORY_MIB = 200;
