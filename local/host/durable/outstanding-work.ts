import { EventType, type HistoryEvent } from './history.ts';
import { type Instance, isTerminal } from './instance.ts';
import type { Command } from './replay/replay-state.ts';

/** The work that an instance has scheduled and that has no answer yet: it must be started again after a crash. */
export function outstandingWork(instance: Instance): Command[] {
  if (isTerminal(instance.status)) return [];
  const settled = new Set([...instance.history, ...instance.inbox].map(settles));
  for (const id of instance.cancelledTimers) settled.add(id);
  return instance.history.flatMap(toCommand).filter(({ id }) => !settled.has(id));
}

function settles(event: HistoryEvent): number {
  if ('TaskScheduledId' in event) return event.TaskScheduledId;
  return 'TimerId' in event ? event.TimerId : -1;
}

function toCommand(event: HistoryEvent): Command[] {
  const id = event.EventId;
  switch (event.EventType) {
    case EventType.TaskScheduled:
      return [{ kind: 'task', id, name: event.Name, input: event.Input }];
    case EventType.TimerCreated:
      return [{ kind: 'timer', id, fireAt: Date.parse(event.FireAt) }];
    case EventType.SubOrchestrationInstanceCreated:
      return [{ kind: 'sub', id, name: event.Name, instanceId: event.InstanceId, input: event.Input }];
    default:
      return [];
  }
}
