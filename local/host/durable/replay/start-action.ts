import { type Action, ActionType } from '../orchestrator-state.ts';
import { whenAll, whenAny } from './compound.ts';
import { waitForEvent } from './external-events.ts';
import { type ReplayState, schedule, scheduleTimer } from './replay-state.ts';
import { withRetry } from './retry.ts';
import { completedTask, runningTask, settle, type Task, whenSettled } from './task.ts';

/** The orchestrator used a feature that the local host does not support. */
export class UnsupportedAction extends Error {
  override name = 'UnsupportedAction';
}

/** An action that was listed before keeps its task, as in the SDK. Azure would schedule it a second time. */
export function startAction(replay: ReplayState, action: Action): Task {
  const known = action.tag === undefined ? undefined : replay.byTag.get(action.tag);
  if (known) {
    replay.warnings.add(
      `${describe(action)} is awaited again inside a new Task.any or Task.all: Azure schedules it a second time ` +
        '(azure-functions-durable-js#574)',
    );
    return known;
  }
  const task = start(replay, action);
  if (action.tag !== undefined) replay.byTag.set(action.tag, task);
  return task;
}

function start(replay: ReplayState, action: Action): Task {
  switch (action.actionType) {
    case ActionType.CallActivity:
      return callActivity(replay, action);
    case ActionType.CallActivityWithRetry:
      return withRetry(replay, action.retryOptions, () => callActivity(replay, action));
    case ActionType.CallSubOrchestrator:
      return callSubOrchestrator(replay, action);
    case ActionType.CallSubOrchestratorWithRetry:
      return withRetry(replay, action.retryOptions, () => callSubOrchestrator(replay, action));
    case ActionType.CreateTimer:
      return createTimer(replay, Date.parse(action.fireAt), action.isCanceled === true);
    case ActionType.WaitForExternalEvent:
      return waitForEvent(replay, action.externalEventName);
    case ActionType.WhenAll:
      return whenAll(replay, startAll(replay, action.compoundActions));
    case ActionType.WhenAny:
      return whenAny(replay, startAll(replay, action.compoundActions));
    case ActionType.ContinueAsNew:
      replay.continueAsNew = { input: action.input };
      return completedTask();
    default:
      throw new UnsupportedAction(
        `${describe(action)} is not supported by the local host. ${ADVICE[action.actionType] ?? ''}`,
      );
  }
}

const ADVICE: Record<number, string> = {
  [ActionType.CallHttp]: 'Send the request in an activity.',
  [ActionType.CallEntity]: 'Keep the state in a table, and read and write it in activities.',
  [ActionType.SignalEntity]: 'Keep the state in a table, and read and write it in activities.',
};

const startAll = (replay: ReplayState, actions: Action[]): { action: Action; task: Task }[] =>
  actions.map((action) => ({ action, task: startAction(replay, action) }));

function describe(action: Action): string {
  const kind = Object.entries(ActionType).find(([, number]) => number === action.actionType)?.[0];
  const name = 'functionName' in action ? ` '${action.functionName}'` : '';
  return `${kind ?? `action ${action.actionType}`}${name}`;
}

const callActivity = (replay: ReplayState, { functionName, input }: { functionName: string; input?: unknown }): Task =>
  schedule(replay, (id) => ({ kind: 'task', id, name: functionName, input: JSON.stringify([input ?? null]) }));

type SubCall = { functionName: string; instanceId?: string; input?: unknown };

const callSubOrchestrator = (replay: ReplayState, { functionName, instanceId, input }: SubCall): Task =>
  schedule(replay, (id) => ({
    kind: 'sub',
    id,
    name: functionName,
    instanceId: instanceId || `${replay.executionId}:${id}`,
    input: input === undefined || input === null ? null : JSON.stringify(input),
  }));

/** One timer, or one for each leg: a leg gets its number when the leg before it has fired. */
function createTimer(replay: ReplayState, fireAt: number, isCancelled: boolean): Task {
  const { maximumShortTimerMs, longTimerIntervalMs } = replay.limits;
  const outer = runningTask();
  const startLeg = (): void => {
    const isLong = fireAt - replay.now > maximumShortTimerMs;
    if (isCancelled) replay.cancelledTimers.add(replay.nextId);
    const leg = scheduleTimer(replay, isLong ? replay.now + longTimerIntervalMs : fireAt);
    whenSettled(leg, () => (isLong ? startLeg() : settle(outer, 'ok')));
  };
  startLeg();
  return outer;
}
