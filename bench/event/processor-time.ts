import { readdirSync, readFileSync } from 'node:fs';
import type { RunningHost } from '../../local/host-process.ts';

/** Only Linux shows how long each thread of another process has run, in nanoseconds: other systems have no figure. */
const ranNs = (task: string): number => {
  try {
    return Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return Number.NaN;
  }
};

/**
 * Milliseconds of processor time that the worker of this host has used so far, in all its threads; NaN on systems that do not
 * show it.
 */
export const processorMs = ({ pid }: RunningHost): number => {
  try {
    const [worker] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const tasks = `/proc/${worker}/task`;
    return readdirSync(tasks).reduce((sum, task) => sum + ranNs(`${tasks}/${task}`), 0) / 1_000_000;
  } catch {
    return Number.NaN;
  }
};
