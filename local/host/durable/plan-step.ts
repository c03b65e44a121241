import { EventType, type HistoryEvent, historyEvent } from './history.ts';
import { executionStarted, type Instance, newId, RUNTIME_STATUS, type RuntimeStatus } from './instance.ts';
import type { JournalRecord, StepChange } from './journal-record.ts';
import { NonDeterminism, type ReplayResult, replay } from './replay/replay.ts';
import type { Command, TimerLimits } from './replay/replay-state.ts';
import { UnsupportedAction } from './replay/start-action.ts';
import type { Outcome } from './run-orchestrator.ts';

/** One turn of an orchestrator: the messages that it reads, and the events at its beginning. */
export type Turn = { instance: Instance; now: Date; batch: HistoryEvent[]; begun: HistoryEvent[] };

/** The result of a turn: the records to write, and the commands to run after they are written. */
export type StepPlan = { records: JournalRecord[]; commands: Command[]; warnings: string[] };

export function beginTurn(instance: Instance): Turn {
  const batch = [...instance.inbox];
  // A timer may fire a moment early; the orchestrator must not see a time before the timer's deadline.
  const fired = batch.flatMap((event) => (event.EventType === EventType.TimerFired ? [Date.parse(event.FireAt)] : []));
  const now = new Date(Math.max(Date.now(), ...fired));
  return { instance, now, batch, begun: [historyEvent('OrchestratorStarted', {}, now), ...batch] };
}

/** The history in the form for the SDK. */
export const playableHistory = ({ instance, begun }: Turn): HistoryEvent[] => [
  ...instance.history.map((event) => ({ ...event, IsPlayed: true })),
  ...begun,
];

/** A turn without user code, of an instance that is terminated or suspended. */
export function planControl(turn: Turn): StepPlan | null {
  const terminated = turn.batch.find((event) => event.EventType === EventType.ExecutionTerminated);
  if (terminated) {
    const reason = terminated.Input ?? '';
    return planEnd(turn, { status: 'Terminated', output: JSON.stringify(terminated.Input), reason, details: '' });
  }
  const control = turn.batch.filter(isSuspendOrResume);
  if (control.at(-1)?.EventType !== EventType.ExecutionSuspended) return null;
  const putBack = turn.batch.filter((event) => !isSuspendOrResume(event));
  const events = [...turn.begun.slice(0, 1), ...control, historyEvent('OrchestratorCompleted', {}, turn.now)];
  return { records: [step(turn, events, { status: 'Suspended' }, putBack)], commands: [], warnings: [] };
}

const isSuspendOrResume = (event: HistoryEvent): boolean =>
  event.EventType === EventType.ExecutionSuspended || event.EventType === EventType.ExecutionResumed;

/** A turn whose user code has run. */
export function planOutcome(turn: Turn, outcome: Outcome, limits: TimerLimits): StepPlan {
  const { instance } = turn;
  const failure = `Orchestrator function '${instance.name}' failed: ${outcome.error}`;
  if (outcome.isBroken) return planFailure(turn, failure, outcome.stack);
  let result: ReplayResult;
  try {
    result = replay(instance.executionId, limits, outcome.actions, playableHistory(turn));
  } catch (error) {
    if (!(error instanceof NonDeterminism || error instanceof UnsupportedAction)) throw error;
    return planFailure(turn, error.message, '');
  }
  const change = { customStatus: outcome.customStatus ?? instance.customStatus };
  const warnings = [...result.warnings, ...statusWarnings(outcome)];
  if (!result.finished) return { ...planProgress(turn, result, change), warnings };
  if (outcome.error !== null) return { ...planFailure(turn, failure, outcome.stack, change), warnings };
  if (result.continueAsNew) return planContinueAsNew(turn, result, change, warnings);
  if (!outcome.isDone) return { ...planProgress(turn, result, change), warnings };
  const end = { status: 'Completed', output: outcome.output, reason: '', details: '' } as const;
  return { ...planEnd(turn, end, change), warnings };
}

/** The instance fails with this output. */
export function planFailure(turn: Turn, reason: string, details: string, change: StepChange = {}): StepPlan {
  return planEnd(turn, { status: 'Failed', output: JSON.stringify(reason), reason, details }, change);
}

function planProgress(turn: Turn, result: ReplayResult, change: StepChange): StepPlan {
  const scheduled = result.commands.map((command) => toEvent(command, turn.now));
  const events = [...turn.begun, ...scheduled, historyEvent('OrchestratorCompleted', {}, turn.now)];
  const { cancelledTimers } = result;
  return {
    records: [step(turn, events, { status: 'Running', cancelledTimers, ...change })],
    commands: result.commands.filter(({ id }) => !cancelledTimers.includes(id)),
    warnings: [],
  };
}

type End = { status: RuntimeStatus; output: string | null; reason: string; details: string };

function planEnd(turn: Turn, end: End, change: StepChange = {}): StepPlan {
  const { status, output } = end;
  const completed = { OrchestrationStatus: RUNTIME_STATUS.indexOf(status), Result: output };
  const events = [
    ...turn.begun,
    historyEvent('ExecutionCompleted', completed, turn.now),
    historyEvent('OrchestratorCompleted', {}, turn.now),
  ];
  const records = [step(turn, events, { status, output, ...change }), ...messageToParent(turn.instance, end)];
  return { records, commands: [], warnings: [] };
}

function messageToParent({ parent }: Instance, { status, output, reason, details }: End): JournalRecord[] {
  if (!parent) return [];
  const TaskScheduledId = parent.taskId;
  const event =
    status === 'Completed'
      ? historyEvent('SubOrchestrationInstanceCompleted', { TaskScheduledId, Result: output })
      : historyEvent('SubOrchestrationInstanceFailed', {
          TaskScheduledId,
          Reason: reason || status,
          Details: details,
          FailureDetails: null,
        });
  return [{ kind: 'message', to: parent.instanceId, executionId: parent.executionId, event }];
}

function planContinueAsNew(turn: Turn, result: ReplayResult, change: StepChange, warnings: string[]): StepPlan {
  const { instance, now } = turn;
  const input = result.continueAsNew?.input === undefined ? null : JSON.stringify(result.continueAsNew.input);
  const executionId = newId();
  const next: Instance = {
    ...instance,
    ...change,
    executionId,
    input,
    status: 'Running',
    lastUpdatedTime: now.toISOString(),
    history: [],
    inbox: [executionStarted({ ...instance, input }, executionId, now), ...result.carryOver],
    cancelledTimers: [],
  };
  const lost = result.dropped.map((name) => `continueAsNew loses the unread external event '${name}', as on Azure`);
  const record: JournalRecord = { kind: 'renew', instance: next, consumed: turn.batch.length };
  return { records: [record], commands: [], warnings: [...warnings, ...lost] };
}

function step(turn: Turn, events: HistoryEvent[], change: StepChange, putBack: HistoryEvent[] = []): JournalRecord {
  return {
    kind: 'step',
    instanceId: turn.instance.instanceId,
    consumed: turn.batch.length,
    putBack,
    events,
    change: { ...change, lastUpdatedTime: turn.now.toISOString() },
  };
}

function toEvent(command: Command, now: Date): HistoryEvent {
  switch (command.kind) {
    case 'task':
      return historyEvent('TaskScheduled', { Name: command.name, Version: '', Input: command.input }, now, command.id);
    case 'timer':
      return historyEvent('TimerCreated', { FireAt: new Date(command.fireAt).toISOString() }, now, command.id);
    case 'sub': {
      const { name, instanceId, input } = command;
      const created = { Name: name, Version: '', InstanceId: instanceId, Input: input };
      return historyEvent('SubOrchestrationInstanceCreated', created, now, command.id);
    }
  }
}

/** Azure Storage holds 16 KB of UTF-16 in this column, and the SDK does not send a falsy status. */
const statusWarnings = ({ customStatus }: Outcome): string[] =>
  (customStatus?.length ?? 0) > 8192 ? ['its custom status is larger than 16 KB: Azure refuses it'] : [];
