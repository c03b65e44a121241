/** The numbers of the out-of-process protocol (durable-functions 3, DurableTask extension 2 and 3). */
export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  ScheduledSignalEntity: 10,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

type Tagged<N extends keyof typeof ActionType, P> = { actionType: (typeof ActionType)[N]; tag?: number } & P;

export type RetryOptions = {
  firstRetryIntervalInMilliseconds: number;
  maxNumberOfAttempts: number;
  backoffCoefficient?: number;
  maxRetryIntervalInMilliseconds?: number;
  retryTimeoutInMilliseconds?: number;
};

type Call = { functionName: string; input?: unknown };
type SubCall = Call & { instanceId?: string };

/** The actions of an orchestrator, in order, without ids. */
export type Action =
  | Tagged<'CallActivity', Call>
  | Tagged<'CallActivityWithRetry', Call & { retryOptions: RetryOptions }>
  | Tagged<'CallSubOrchestrator', SubCall>
  | Tagged<'CallSubOrchestratorWithRetry', SubCall & { retryOptions: RetryOptions }>
  | Tagged<'ContinueAsNew', { input?: unknown }>
  | Tagged<'CreateTimer', { fireAt: string; isCanceled?: boolean }>
  | Tagged<'WaitForExternalEvent', { externalEventName: string }>
  | Tagged<'WhenAny' | 'WhenAll', { compoundActions: Action[] }>
  | Tagged<
      'CallEntity' | 'CallHttp' | 'SignalEntity' | 'ScheduledSignalEntity' | 'LockEntities' | 'ReleaseEntities',
      object
    >;

/** The result of an orchestrator function, or the end of the message of the error that it throws. */
export type OrchestratorState = {
  isDone: boolean;
  /** One inner list with all actions since the execution began (schema 2 and later). */
  actions: Action[][];
  output?: unknown;
  error?: string;
  customStatus?: unknown;
  schemaVersion?: number;
};
