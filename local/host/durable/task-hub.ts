import type { Log } from '../log.ts';
import { WorkerDied } from '../worker/worker-errors.ts';
import { createDurableTimers } from './durable-timers.ts';
import { createGate } from './gate.ts';
import { EventType, type HistoryEvent, historyEvent } from './history.ts';
import { HubError } from './hub-error.ts';
import { type Instance, isTerminal, type NewInstance, newId, newInstance } from './instance.ts';
import type { DurableFunctions } from './invoke-durable.ts';
import type { Journal } from './journal.ts';
import { accepts, applyRecord, type Instances, type JournalRecord } from './journal-record.ts';
import { outstandingWork } from './outstanding-work.ts';
import { beginTurn, planControl, planFailure, planOutcome, playableHistory, type StepPlan } from './plan-step.ts';
import type { Command, TimerLimits } from './replay/replay-state.ts';
import { type ActivityCall, activityFailed, runActivity } from './run-activity.ts';
import { runOrchestrator } from './run-orchestrator.ts';

export type TaskHubOptions = {
  instances: Instances;
  journal: Journal;
  functions: DurableFunctions;
  log: Log;
  maxConcurrentActivities: number;
  maxConcurrentOrchestrators: number;
};

/** All orchestration instances of one app, and what can be done to them. */
export type TaskHub = {
  instances: ReadonlyMap<string, Instance>;
  /** @throws HubError 400 for a bad name or id, 409 if an instance of that id has not ended */
  start(name: string, instanceId: string | null, input: string | null): Instance;
  send(instanceId: string, event: HistoryEvent): void;
  /** @returns false if there is no such instance */
  purge(instanceId: string): boolean;
  /** Resolves when the instance has ended, or the time is over. */
  untilEnded(instanceId: string, timeoutMs: number): Promise<void>;
  /** Starts again what the instances have outstanding. */
  recover(): void;
  /** Starts nothing new, and resolves when nothing runs. */
  drain(): Promise<void>;
};

/** Azure Storage: `MaximumDelayTime` and `LongRunningTimerIntervalLength` of the extension's provider. */
const TIMER_LIMITS: TimerLimits = { maximumShortTimerMs: 6 * 86_400_000, longTimerIntervalMs: 3 * 86_400_000 };
/** How often work whose worker died, or that the host itself failed at, is tried before it counts as poisonous. */
const ATTEMPTS = 10;

export function createTaskHub(options: TaskHubOptions): TaskHub {
  const { instances, journal, functions, log } = options;
  const atOrchestratorGate = createGate(options.maxConcurrentOrchestrators);
  const atActivityGate = createGate(options.maxConcurrentActivities);
  const busy = new Set<string>();
  const watchers = new Set<() => void>();
  const warned = new Set<string>();
  let running = 0;
  let draining = false;

  const timers = createDurableTimers((instanceId, executionId, id, fireAt) => {
    const properties = { TimerId: id, FireAt: new Date(fireAt).toISOString() };
    deliver(instanceId, executionId, historyEvent('TimerFired', properties, new Date(Math.max(Date.now(), fireAt))));
  });

  function commit(records: JournalRecord[]): void {
    journal.append(records);
    for (const record of records) pump(applyRecord(instances, record));
    for (const watcher of [...watchers]) watcher();
  }

  function deliver(to: string, executionId: string | null, event: HistoryEvent): void {
    if (accepts(instances, to, executionId)) commit([{ kind: 'message', to, executionId, event }]);
  }

  async function track(work: () => Promise<void>): Promise<void> {
    running++;
    try {
      await work();
    } finally {
      running--;
      for (const watcher of [...watchers]) watcher();
    }
  }

  function pump(instanceId: string): void {
    const instance = instances.get(instanceId);
    if (!instance || draining || busy.has(instanceId) || !hasWork(instance)) return;
    busy.add(instanceId);
    const turn = async (): Promise<void> => {
      await atOrchestratorGate(() => step(instance));
      busy.delete(instanceId);
      pump(instanceId);
    };
    void track(turn);
  }

  async function step(instance: Instance): Promise<void> {
    const plan = await planWithAttempts(instance);
    if (draining || instances.get(instance.instanceId) !== instance) return;
    for (const warning of plan.warnings) warnOnce(instance, warning);
    const { instanceId, executionId } = instance;
    commit(plan.records);
    const after = instances.get(instanceId);
    if (after && (isTerminal(after.status) || after.executionId !== executionId)) timers.dropAll(instanceId);
    else timers.cancel(instanceId, after?.cancelledTimers ?? []);
    for (const command of plan.commands) dispatch(instanceId, executionId, command);
  }

  async function planWithAttempts(instance: Instance): Promise<StepPlan> {
    const turn = beginTurn(instance);
    const controlled = planControl(turn);
    if (controlled) return controlled;
    for (let attempt = 1; ; attempt++) {
      try {
        const outcome = await runOrchestrator(functions, instance, playableHistory(turn), TIMER_LIMITS);
        return planOutcome(turn, outcome, TIMER_LIMITS);
      } catch (error) {
        if (!(error instanceof WorkerDied))
          log('error', `${instance.name} (${instance.instanceId}): ${describe(error)}`);
        if (attempt >= ATTEMPTS) return planFailure(turn, poisonous('orchestrator', instance.name, error), '');
      }
    }
  }

  function warnOnce({ name, instanceId }: Instance, warning: string): void {
    if (warned.has(`${name}: ${warning}`)) return;
    warned.add(`${name}: ${warning}`);
    log('warning', `orchestrator '${name}' (${instanceId}): ${warning}`);
  }

  function dispatch(instanceId: string, executionId: string, command: Command): void {
    if (command.kind === 'timer') timers.arm(instanceId, executionId, command.id, command.fireAt);
    else if (command.kind === 'sub') startChild(instanceId, executionId, command);
    else void track(() => atActivityGate(() => callActivity(instanceId, executionId, command)));
  }

  function startChild(instanceId: string, executionId: string, command: Command & { kind: 'sub' }): void {
    const parent = { instanceId, executionId, taskId: command.id };
    const existing = instances.get(command.instanceId)?.parent;
    if (existing?.executionId === executionId && existing.taskId === command.id) return;
    try {
      create({ instanceId: command.instanceId, name: command.name, input: command.input, parent });
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const failure = { TaskScheduledId: command.id, Reason: error.message, Details: '', FailureDetails: null };
      deliver(instanceId, executionId, historyEvent('SubOrchestrationInstanceFailed', failure));
    }
  }

  async function callActivity(instanceId: string, executionId: string, call: ActivityCall): Promise<void> {
    for (let attempt = 1; !draining; attempt++) {
      try {
        return deliver(instanceId, executionId, await runActivity(functions, instanceId, call));
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
        if (attempt < ATTEMPTS) continue;
        const event = activityFailed(call.id, call.name, poisonous('activity', call.name, error), '');
        return deliver(instanceId, executionId, event);
      }
    }
  }

  function create(start: NewInstance): Instance {
    if (!functions.has('orchestrationTrigger', start.name)) {
      const what = `The function '${start.name}' doesn't exist, is disabled, or is not an orchestrator function.`;
      throw new HubError(400, what);
    }
    refuseBadId(start.instanceId);
    const old = instances.get(start.instanceId);
    if (old && !isTerminal(old.status)) {
      throw new HubError(409, `An Orchestration instance with the status ${old.status} already exists.`);
    }
    const instance = newInstance(start, new Date());
    commit([{ kind: 'put', instance }]);
    return instance;
  }

  /** Resolves once the condition holds after a commit, or the end of some work; false if the time is over first. */
  function until(condition: () => boolean, timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        watchers.delete(watcher);
        clearTimeout(timer);
        resolve();
      };
      const watcher = (): void => {
        if (condition()) done();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs);
      watchers.add(watcher);
      watcher();
    });
  }

  return {
    instances,
    start: (name, instanceId, input) => create({ name, instanceId: instanceId ?? newId(), input, parent: null }),
    send: (instanceId, event) => deliver(instanceId, null, event),
    purge: (instanceId) => {
      if (!instances.has(instanceId)) return false;
      timers.dropAll(instanceId);
      commit([{ kind: 'purge', instanceId }]);
      return true;
    },
    untilEnded: (instanceId, timeoutMs) =>
      until(() => isTerminal(instances.get(instanceId)?.status ?? 'Terminated'), timeoutMs),
    recover: () => {
      for (const instance of [...instances.values()]) {
        const { instanceId, executionId } = instance;
        for (const command of outstandingWork(instance)) dispatch(instanceId, executionId, command);
        pump(instanceId);
      }
    },
    drain: async () => {
      draining = true;
      timers.stop();
      await until(() => running === 0);
    },
  };
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const poisonous = (kind: string, name: string, cause: unknown): string =>
  `The ${kind} function '${name}' was given up after ${ATTEMPTS} attempts: ${cause instanceof Error ? cause.message : cause}`;

/** A suspended instance works only on what ends its suspension. */
function hasWork({ status, inbox }: Instance): boolean {
  if (isTerminal(status)) return false;
  if (status !== 'Suspended') return inbox.length > 0;
  return inbox.some(
    ({ EventType: type }) => type === EventType.ExecutionResumed || type === EventType.ExecutionTerminated,
  );
}

function refuseBadId(instanceId: string): void {
  if (instanceId.startsWith('@')) throw new HubError(400, 'Orchestration instance ids must not start with @.');
  if (/[/\\#?]/.test(instanceId)) {
    throw new HubError(400, 'Orchestration instance ids must not contain /, \\, #, ?, or control characters.');
  }
}
