import type { Log } from '../log.ts';
import { createMishaps, type Mishaps } from '../mishaps.ts';
import { createChanges } from './changes.ts';
import { createInstance } from './create-instance.ts';
import { dispatch } from './dispatch.ts';
import type { DurableCrew } from './durable-crew.ts';
import { createDurableTimers } from './durable-timers.ts';
import { type HistoryEvent, historyEvent } from './history.ts';
import { commit, deliver, type HubState, type Visibility } from './hub-state.ts';
import { type Instance, isTerminal, newId } from './instance.ts';
import type { Journal } from './journal.ts';
import type { Instances } from './journal-record.ts';
import { wakeInstance } from './orchestrator-turns.ts';
import { outstandingWork } from './outstanding-work.ts';

export type TaskHubOptions = {
  instances: Instances;
  journal: Journal;
  crew: DurableCrew;
  log: Log;
  /** Left out: there are no mishaps. */
  mishaps?: Mishaps;
  visibility: Visibility;
};

/** All orchestration instances of one app, and the operations on them. */
export type TaskHub = {
  instances: ReadonlyMap<string, Instance>;
  /** @throws HubError 400 for a bad name or id, 409 if an instance with that id has not ended */
  start(name: string, instanceId: string | null, input: string | null): Instance;
  send(instanceId: string, event: HistoryEvent): void;
  purge(instanceId: string): void;
  /** Resolves when the instance has ended or the time is over. */
  untilEnded(instanceId: string, timeoutMs: number): Promise<void>;
  /** Starts the outstanding work of all instances again. */
  recover(): void;
  /** Starts no new work, and resolves when no work runs. */
  drain(): Promise<void>;
};

export function createTaskHub(options: TaskHubOptions): TaskHub {
  const hub = openState(options);
  const { instances, timers, changes } = hub;
  return {
    instances,
    start: (name, instanceId, input) =>
      createInstance(hub, { name, instanceId: instanceId ?? newId(), input, parent: null }),
    send: (instanceId, event) => deliver(hub, instanceId, null, event),
    purge: (instanceId) => {
      timers.dropAll(instanceId);
      commit(hub, [{ kind: 'purge', instanceId }]);
    },
    untilEnded: (instanceId, timeoutMs) =>
      changes.until(() => isTerminal(instances.get(instanceId)?.status ?? 'Terminated'), timeoutMs),
    recover: () => {
      for (const instance of [...instances.values()]) {
        for (const command of outstandingWork(instance)) dispatch(hub, instance, command);
        hub.wake(instance.instanceId);
      }
    },
    drain: async () => {
      hub.draining = true;
      timers.stop();
      changes.notify();
      await changes.until(() => hub.running === 0);
      options.journal.close();
    },
  };
}

function openState(options: TaskHubOptions): HubState {
  const { instances, journal, crew, log, visibility, mishaps = createMishaps() } = options;
  const hub: HubState = {
    instances,
    journal,
    crew,
    visibility,
    log,
    mishaps,
    timers: createDurableTimers((instanceId, executionId, id, fireAt) => {
      const properties = { TimerId: id, FireAt: new Date(fireAt).toISOString() };
      const firedAt = new Date(Math.max(Date.now(), fireAt));
      deliver(hub, instanceId, executionId, historyEvent('TimerFired', properties, firedAt));
    }),
    busy: new Set(),
    running: 0,
    draining: false,
    warned: new Set(),
    changes: createChanges(),
    wake: (instanceId) => wakeInstance(hub, instanceId),
  };
  return hub;
}
