import type { Log } from '../log.ts';
import type { Mishaps } from '../mishaps.ts';
import type { Changes } from './changes.ts';
import type { DurableCrew } from './durable-crew.ts';
import type { DurableTimers } from './durable-timers.ts';
import type { HistoryEvent } from './history.ts';
import type { Journal } from './journal.ts';
import { accepts, applyRecord, type Instances, type JournalRecord } from './journal-record.ts';

/** How long messages stay hidden that a lost worker had taken, in ms. */
export type Visibility = { readonly controlQueueMs: number; readonly workItemMs: number };

/** What the parts of the task hub work on together. */
export type HubState = {
  instances: Instances;
  journal: Journal;
  crew: DurableCrew;
  log: Log;
  timers: DurableTimers;
  mishaps: Mishaps;
  visibility: Visibility;
  /** Instances whose turn it is: one turn at a time. */
  busy: Set<string>;
  /** Pieces of work under way: turns and activities. */
  running: number;
  /** Nothing new is started any more. */
  draining: boolean;
  warned: Set<string>;
  changes: Changes;
  /** Gives an instance a turn if it has something to do. */
  wake(instanceId: string): void;
};

/** How often work whose worker died, or that the host itself failed at, is tried before it counts as poisonous. */
export const ATTEMPTS = 10;

/** Writes records as one line, lets them take effect, and wakes whom they touch. */
export function commit(hub: HubState, records: JournalRecord[]): void {
  hub.journal.append(records);
  for (const record of records) hub.wake(applyRecord(hub.instances, record));
  hub.changes.notify();
}

/** A message that nobody would read is dropped. */
export function deliver(hub: HubState, to: string, executionId: string | null, event: HistoryEvent): void {
  if (!accepts(hub.instances, to, executionId) || hub.mishaps.loses(to, event)) return;
  commit(hub, [{ kind: 'message', to, executionId, event }]);
}

/** Runs work that the end of the hub waits for. A rejection ends the process: the journal can no longer be trusted. */
export async function track(hub: HubState, work: () => Promise<void>): Promise<void> {
  hub.running++;
  try {
    await work();
  } finally {
    hub.running--;
    hub.changes.notify();
  }
}

/** Resolves when messages that a lost worker had taken are visible again, or nothing is started any more. */
export const untilVisible = (hub: HubState, afterMs: number): Promise<void> =>
  hub.changes.until(() => hub.draining, afterMs);

export const poisonous = (kind: string, name: string, cause: unknown): string =>
  `The ${kind} function '${name}' was given up after ${ATTEMPTS} attempts: ${cause instanceof Error ? cause.message : cause}`;
