import type { HistoryEvent } from './history.ts';
import { type Instance, isTerminal } from './instance.ts';

/** The changes of a step beside history and inbox. */
export type StepChange = Partial<
  Pick<Instance, 'status' | 'output' | 'customStatus' | 'lastUpdatedTime' | 'cancelledTimers'>
>;

/** One transition of the task hub: a new instance, a message to an instance, a turn, its next execution, or its end. */
export type JournalRecord =
  | { kind: 'put'; instance: Instance }
  | { kind: 'renew'; instance: Instance; consumed: number }
  | { kind: 'message'; to: string; executionId: string | null; event: HistoryEvent }
  | {
      kind: 'step';
      instanceId: string;
      /** How many messages were taken from the front of the inbox, and which of them were put back. */
      consumed: number;
      putBack: HistoryEvent[];
      events: HistoryEvent[];
      change: StepChange;
    }
  | { kind: 'purge'; instanceId: string };

export type Instances = Map<string, Instance>;

/**
 * Applies a record to the instances. Instances change only here, both when it happens and when the journal is read
 * again.
 * @returns the id of the changed instance
 */
export function applyRecord(instances: Instances, record: JournalRecord): string {
  switch (record.kind) {
    case 'put':
      instances.set(record.instance.instanceId, record.instance);
      return record.instance.instanceId;
    case 'renew':
      renew(instances, record.instance, record.consumed);
      return record.instance.instanceId;
    case 'message':
      if (accepts(instances, record.to, record.executionId)) instances.get(record.to)?.inbox.push(record.event);
      return record.to;
    case 'step':
      applyStep(instances.get(record.instanceId), record);
      return record.instanceId;
    case 'purge':
      instances.delete(record.instanceId);
      return record.instanceId;
  }
}

/** Whether an instance would read a message. A message for an ended instance or a former execution is not read. */
export function accepts(instances: Instances, instanceId: string, executionId: string | null): boolean {
  const instance = instances.get(instanceId);
  if (!instance || isTerminal(instance.status)) return false;
  return executionId === null || executionId === instance.executionId;
}

/** Unread messages go to the next execution, except answers to work that the last execution had scheduled. */
function renew(instances: Instances, next: Instance, consumed: number): void {
  const unread = instances.get(next.instanceId)?.inbox.slice(consumed) ?? [];
  const forAnyExecution = unread.filter((event) => !('TaskScheduledId' in event) && !('TimerId' in event));
  instances.set(next.instanceId, { ...next, inbox: [...next.inbox, ...forAnyExecution] });
}

function applyStep(instance: Instance | undefined, step: JournalRecord & { kind: 'step' }): void {
  if (!instance) return;
  instance.inbox = [...step.putBack, ...instance.inbox.slice(step.consumed)];
  instance.history.push(...step.events);
  Object.assign(instance, step.change);
}
