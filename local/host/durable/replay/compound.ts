import { type Action, ActionType } from '../orchestrator-state.ts';
import type { ReplayState } from './replay-state.ts';
import { runningTask, settle, type Task, whenSettled } from './task.ts';

type Child = { action: Action; task: Task };

/** Fails on the first failure, as the SDK does; C# would wait for all children. */
export function whenAll(replay: ReplayState, children: Child[]): Task {
  const outer = runningTask();
  for (const { task } of children) {
    whenSettled(task, () => {
      if (task.state === 'failed' && outer.state === 'running') {
        replay.lagging.push(...runningRetries(children));
        settle(outer, 'failed', task.value);
      } else if (children.every((child) => child.task.state === 'ok')) settle(outer, 'ok');
    });
  }
  if (children.length === 0) settle(outer, 'ok');
  return outer;
}

export function whenAny(replay: ReplayState, children: Child[]): Task {
  const outer = runningTask();
  const cancelled = children.some(({ action }) => action.actionType === ActionType.CreateTimer && action.isCanceled);
  for (const { task } of children) {
    whenSettled(task, () => {
      if (cancelled && outer.state === 'running') replay.lagging.push(...runningRetries(children));
      settle(outer, 'ok');
    });
  }
  return outer;
}

const runningRetries = (children: Child[]): Task[] =>
  children.filter(({ action, task }) => isRetry(action) && task.state === 'running').map(({ task }) => task);

const isRetry = ({ actionType }: Action): boolean =>
  actionType === ActionType.CallActivityWithRetry || actionType === ActionType.CallSubOrchestratorWithRetry;

/** Must be called when the orchestrator goes on: from here its sequence numbers may differ from Azure's. */
export function warnOfLagging(replay: ReplayState): void {
  if (!replay.lagging.some((task) => task.state === 'running')) return;
  replay.warnings.add(
    'it goes on while a retrying task of a failed Task.all, or beside a cancelled timer, is still running: on Azure ' +
      'results can then reach the wrong task. Wait for the rest first, or let activities return their failures',
  );
}
