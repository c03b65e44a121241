import { randomUUID } from 'node:crypto';
import { type EventOf, type HistoryEvent, historyEvent } from './history.ts';

/** The numbers are those of DurableTask.Core's OrchestrationStatus. */
export const RUNTIME_STATUS = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended',
] as const;
export type RuntimeStatus = (typeof RUNTIME_STATUS)[number];

const TERMINAL: readonly RuntimeStatus[] = ['Completed', 'Failed', 'Terminated', 'Canceled'];
export const isTerminal = (status: RuntimeStatus): boolean => TERMINAL.includes(status);

export type Parent = { instanceId: string; executionId: string; taskId: number };

/** An orchestration instance, complete, as the journal stores it. */
export type Instance = {
  instanceId: string;
  /** Every continueAsNew changes it. */
  executionId: string;
  name: string;
  status: RuntimeStatus;
  createdTime: string;
  lastUpdatedTime: string;
  /** JSON text, like `output` and `customStatus`. */
  input: string | null;
  output: string | null;
  customStatus: string | null;
  parent: Parent | null;
  history: HistoryEvent[];
  /** Messages that no step has consumed yet. */
  inbox: HistoryEvent[];
  /** Sequence numbers of timers that the orchestrator cancelled: they are never armed again. */
  cancelledTimers: number[];
};

export type NewInstance = { instanceId: string; name: string; input: string | null; parent: Parent | null };

/** A GUID without dashes, the form of Durable Functions. */
export const newId = (): string => randomUUID().replaceAll('-', '');

export function newInstance(start: NewInstance, now: Date): Instance {
  const executionId = newId();
  return {
    ...start,
    executionId,
    status: 'Pending',
    createdTime: now.toISOString(),
    lastUpdatedTime: now.toISOString(),
    output: null,
    customStatus: null,
    history: [],
    inbox: [executionStarted(start, executionId, now)],
    cancelledTimers: [],
  };
}

/** The first event of an execution. */
export function executionStarted(start: NewInstance, executionId: string, now: Date): EventOf<'ExecutionStarted'> {
  const { instanceId, name, input, parent } = start;
  return historyEvent(
    'ExecutionStarted',
    {
      Name: name,
      Version: '',
      Input: input,
      Tags: null,
      OrchestrationInstance: { InstanceId: instanceId, ExecutionId: executionId },
      ParentInstance: parent && {
        TaskScheduleId: parent.taskId,
        OrchestrationInstance: { InstanceId: parent.instanceId, ExecutionId: parent.executionId },
      },
    },
    now,
  );
}
