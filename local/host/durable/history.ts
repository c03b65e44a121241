/** Durable Task history. Property names and numbers are those of DurableTask.Core, because the SDK reads them directly. */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventRaised: 15,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

export type EventName = keyof typeof EventType;

type Failure = { Reason: string; Details: string; FailureDetails: FailureDetails | null };

export type FailureDetails = {
  ErrorType: string;
  ErrorMessage: string;
  StackTrace: string | null;
  IsNonRetriable: boolean;
  Properties: unknown;
  InnerFailure: null;
};

type OrchestrationInstance = { InstanceId: string; ExecutionId: string };

type Properties = {
  ExecutionStarted: {
    Name: string;
    Version: string;
    Input: string | null;
    Tags: null;
    OrchestrationInstance: OrchestrationInstance;
    ParentInstance: { TaskScheduleId: number; OrchestrationInstance: OrchestrationInstance } | null;
  };
  ExecutionCompleted: { OrchestrationStatus: number; Result: string | null };
  ExecutionTerminated: { Input: string | null };
  TaskScheduled: { Name: string; Version: string; Input: string };
  TaskCompleted: { TaskScheduledId: number; Result: string | null };
  TaskFailed: { TaskScheduledId: number } & Failure;
  SubOrchestrationInstanceCreated: { Name: string; Version: string; InstanceId: string; Input: string | null };
  SubOrchestrationInstanceCompleted: { TaskScheduledId: number; Result: string | null };
  SubOrchestrationInstanceFailed: { TaskScheduledId: number } & Failure;
  TimerCreated: { FireAt: string };
  TimerFired: { TimerId: number; FireAt: string };
  OrchestratorStarted: object;
  OrchestratorCompleted: object;
  EventRaised: { Name: string; Input: string | null };
  ExecutionSuspended: { Reason: string | null };
  ExecutionResumed: { Reason: string | null };
};

/** One event. `EventId` is the sequence number of the work that the orchestrator scheduled, -1 for all other events. */
export type EventOf<N extends EventName> = {
  EventType: (typeof EventType)[N];
  EventId: number;
  IsPlayed: boolean;
  Timestamp: string;
} & Properties[N];

export type HistoryEvent = { [N in EventName]: EventOf<N> }[EventName];

export type FailureEvent = EventOf<'TaskFailed'> | EventOf<'SubOrchestrationInstanceFailed'>;

export function historyEvent<N extends EventName>(
  name: N,
  properties: Properties[N],
  at: Date = new Date(),
  id = -1,
): EventOf<N> {
  return { EventType: EventType[name], EventId: id, IsPlayed: false, Timestamp: at.toISOString(), ...properties };
}

const NAMES = new Map<number, EventName>(
  (Object.keys(EventType) as EventName[]).map((name) => [EventType[name], name]),
);

/** The name that the management API shows. */
export const eventName = (event: HistoryEvent): EventName => NAMES.get(event.EventType) ?? 'OrchestratorCompleted';
