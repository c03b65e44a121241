import { type EventOf, EventType, type HistoryEvent } from '../history.ts';
import type { Action } from '../orchestrator-state.ts';
import { warnOfLagging } from './compound.ts';
import { raiseEvent, unreadEvents } from './external-events.ts';
import { type Command, newReplayState, type ReplayState, type TimerLimits } from './replay-state.ts';
import { startAction } from './start-action.ts';
import { settle, type Task } from './task.ts';

/** The orchestrator's code does not match its history. */
export class NonDeterminism extends Error {
  override name = 'NonDeterminism';
}

export type ReplayResult = {
  /** New work, in the order of sequence numbers. */
  commands: Command[];
  /** Every action is completed, and no activity, sub-orchestration or live timer is open. */
  finished: boolean;
  continueAsNew: { input: unknown } | null;
  carryOver: EventOf<'EventRaised'>[];
  /** Names of events that continueAsNew loses. */
  dropped: string[];
  cancelledTimers: number[];
  warnings: string[];
};

/** The actions that are not started yet, and the running one. */
type Script = { actions: Action[]; next: number; current: Task | undefined };

/**
 * Replays the actions that an orchestrator returned against its history. Actions carry no ids: the SDK and the host
 * both count sequence numbers, and must take them at the same moments. The source of these moments is the SDK's
 * TaskOrchestrationExecutor, RetryableTask and LongTimerTask, and DurableTask.Core.
 * @throws NonDeterminism if the history holds an event without an action, UnsupportedAction
 */
export function replay(
  executionId: string,
  limits: TimerLimits,
  actions: Action[],
  history: HistoryEvent[],
): ReplayResult {
  const state = newReplayState(executionId, limits);
  const script: Script = { actions, next: 0, current: undefined };
  for (const event of history) play(state, script, event);
  const finished =
    script.next >= actions.length &&
    script.current?.state !== 'running' &&
    [...state.open.keys()].every((id) => state.cancelledTimers.has(id));
  return {
    commands: [...state.pending.values()].sort((a, b) => a.id - b.id),
    finished,
    continueAsNew: state.continueAsNew,
    carryOver: state.carryOver,
    dropped: state.continueAsNew ? unreadEvents(state) : [],
    cancelledTimers: [...state.cancelledTimers],
    warnings: [...state.warnings],
  };
}

function play(state: ReplayState, script: Script, event: HistoryEvent): void {
  switch (event.EventType) {
    case EventType.OrchestratorStarted:
      state.now = Date.parse(event.Timestamp);
      break;
    case EventType.ExecutionStarted:
      advance(state, script);
      break;
    case EventType.TaskScheduled:
      confirm(state, event.EventId, 'task', event.Name);
      break;
    case EventType.SubOrchestrationInstanceCreated:
      confirm(state, event.EventId, 'sub', event.Name);
      break;
    case EventType.TimerCreated:
      confirm(state, event.EventId, 'timer', '');
      break;
    case EventType.TaskCompleted:
    case EventType.SubOrchestrationInstanceCompleted:
      complete(state, script, event.TaskScheduledId, 'ok', event.Result);
      break;
    case EventType.TaskFailed:
    case EventType.SubOrchestrationInstanceFailed:
      complete(state, script, event.TaskScheduledId, 'failed', event);
      break;
    case EventType.TimerFired:
      complete(state, script, event.TimerId, 'ok', undefined);
      break;
    case EventType.EventRaised:
      raiseEvent(state, event);
      advance(state, script);
      break;
  }
}

/** Starts one action after the other, up to the first that is still running. */
function advance(state: ReplayState, script: Script): void {
  while (script.current?.state !== 'running') {
    const action = script.actions[script.next];
    if (!action) return;
    script.next++;
    warnOfLagging(state);
    script.current = startAction(state, action);
  }
}

/** An id that is not open belongs to cancelled work, or its message came twice. It is ignored, as in DurableTask.Core. */
function complete(state: ReplayState, script: Script, id: number, outcome: 'ok' | 'failed', value: unknown): void {
  const task = state.open.get(id);
  if (!task) return;
  state.open.delete(id);
  settle(task, outcome, value);
  advance(state, script);
}

function confirm(state: ReplayState, id: number, kind: Command['kind'], name: string): void {
  const command = state.pending.get(id);
  const nameNow = command && 'name' in command ? command.name : '';
  if (command?.kind !== kind || name.toLowerCase() !== nameNow.toLowerCase()) {
    const now = command ? `scheduled a ${command.kind} '${nameNow}' instead` : "hasn't (yet?) scheduled it";
    throw new NonDeterminism(
      `Non-Deterministic workflow detected: a previous execution scheduled a ${kind} '${name}' with sequence ID ${id}, ` +
        `but the current replay ${now}. Was a change made to the orchestrator code after this instance had already ` +
        'started running?',
    );
  }
  state.pending.delete(id);
}
