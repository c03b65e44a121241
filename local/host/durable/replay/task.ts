/** A synchronous promise, for which an orchestrator waits while its history is replayed. */
export type Task = {
  state: 'running' | 'ok' | 'failed';
  value: unknown;
  listeners: (() => void)[];
};

export const runningTask = (): Task => ({ state: 'running', value: undefined, listeners: [] });
export const completedTask = (): Task => ({ state: 'ok', value: undefined, listeners: [] });

/** Only the first call has an effect. */
export function settle(task: Task, state: 'ok' | 'failed', value?: unknown): void {
  if (task.state !== 'running') return;
  task.state = state;
  task.value = value;
  for (const listener of task.listeners.splice(0)) listener();
}

/** Calls back once the task is settled, or at once if it is already. */
export function whenSettled(task: Task, callback: () => void): void {
  if (task.state === 'running') task.listeners.push(callback);
  else callback();
}
