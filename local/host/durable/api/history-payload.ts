import { EventType, eventName, type HistoryEvent } from '../history.ts';
import { RUNTIME_STATUS } from '../instance.ts';
import type { Shown } from './shown.ts';

export const parseText = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

/**
 * The history as the management API shows it (DurableClient.GetDurableOrchestrationStatusAsync of the extension): turns are left
 * out, and scheduled work appears inside its completion.
 */
export function historyPayload(history: HistoryEvent[], shown: Shown): object[] {
  const scheduled = new Map(history.flatMap((event) => (isScheduling(event) ? [[event.EventId, event] as const] : [])));
  const merged = new Set<number>();
  for (const event of history) if ('TaskScheduledId' in event) merged.add(event.TaskScheduledId);
  return history
    .filter((event) => !isTurn(event) && !(isScheduling(event) && merged.has(event.EventId)))
    .map((event) => ({
      EventType: eventName(event),
      Timestamp: event.Timestamp,
      ...properties(event, shown),
      ...('TaskScheduledId' in event && schedulingOf(scheduled.get(event.TaskScheduledId), shown)),
    }));
}

type Scheduling = HistoryEvent & { Name: string; Input: string | null };

const isScheduling = (event: HistoryEvent): event is HistoryEvent & Scheduling =>
  event.EventType === EventType.TaskScheduled || event.EventType === EventType.SubOrchestrationInstanceCreated;

const isTurn = ({ EventType: type }: HistoryEvent): boolean =>
  type === EventType.OrchestratorStarted || type === EventType.OrchestratorCompleted;

function schedulingOf(event: Scheduling | undefined, { input }: Shown): object {
  if (!event) return {};
  return { ScheduledTime: event.Timestamp, FunctionName: event.Name, ...(input && { Input: event.Input }) };
}

function properties(event: HistoryEvent, shown: Shown): object {
  const input = 'Input' in event && shown.input ? { Input: event.Input } : {};
  const result = 'Result' in event && shown.historyOutput ? { Result: parseText(event.Result) } : {};
  switch (event.EventType) {
    case EventType.ExecutionStarted:
      return { FunctionName: event.Name, ...input };
    case EventType.ExecutionCompleted:
      return { OrchestrationStatus: RUNTIME_STATUS[event.OrchestrationStatus], ...result };
    case EventType.TaskCompleted:
    case EventType.SubOrchestrationInstanceCompleted:
      return result;
    case EventType.TaskFailed:
    case EventType.SubOrchestrationInstanceFailed:
      return { Reason: event.Reason, Details: event.Details, FailureDetails: event.FailureDetails };
    case EventType.TaskScheduled:
    case EventType.SubOrchestrationInstanceCreated:
    case EventType.EventRaised:
      return { Name: event.Name, ...input };
    case EventType.TimerCreated:
    case EventType.TimerFired:
      return { FireAt: event.FireAt };
    case EventType.ExecutionSuspended:
    case EventType.ExecutionResumed:
      return { Reason: event.Reason };
    default:
      return input;
  }
}
