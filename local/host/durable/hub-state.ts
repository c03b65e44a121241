import type { Log } from '../log.ts';
import type { Mishaps } from '../mishaps.ts';
import type { Changes } from './changes.ts';
import type { DurableCrew } from './durable-crew.ts';
import type { DurableTimers } from './durable-timers.ts';
import type { HistoryEvent } from './history.ts';
import type { Journal } from './journal.ts';
import { accepts, applyRecord, type Instances, type JournalRecord } from './journal-record.ts';

/** How long messages that a lost worker had taken stay hidden, in ms. */
export type Visibility = { readonly controlQueueMs: number; readonly workItemMs: number };

/** The state that all parts of the task hub share. */
export type HubState = {
  instances: Instances;
  journal: Journal;
  crew: DurableCrew;
  log: Log;
  timers: DurableTimers;
  mishaps: Mishaps;
  visibility: Visibility;
  /** Instances in a turn: each has one turn at a time. */
  busy: Set<string>;
  /** Pieces of work under way: turns and activities. */
  running: number;
  /** No new work is started any more. */
  draining: boolean;
  warned: Set<string>;
  changes: Changes;
  /** Starts a turn of an instance if it has work. */
  wake(instanceId: string): void;
};

/** How often work is tried that the host itself failed at, or whose worker died. After that the work counts as poisonous. */
export const ATTEMPTS = 10;

/** Writes the records as one line, applies them, and wakes the instances that they change. */
export function commit(hub: HubState, records: JournalRecord[]): void {
  hub.journal.append(records);
  for (const record of records) hub.wake(applyRecord(hub.instances, record));
  hub.changes.notify();
}

/** Drops a message that no instance would read. */
export function deliver(hub: HubState, to: string, executionId: string | null, event: HistoryEvent): void {
  if (!accepts(hub.instances, to, executionId) || hub.mishaps.loses(to, event)) return;
  commit(hub, [{ kind: 'message', to, executionId, event }]);
}

/**
 * Runs work that must end before the hub ends. A rejection ends the process, because the journal can no longer be
 * trusted.
 */
export async function track(hub: HubState, work: () => Promise<void>): Promise<void> {
  hub.running++;
  try {
    await work();
  } finally {
    hub.running--;
    hub.changes.notify();
  }
}

/** Resolves when the messages of a lost worker are visible again, or when no new work is started any more. */
export const untilVisible = (hub: HubState, afterMs: number): Promise<void> =>
  hub.changes.until(() => hub.draining, afterMs);

export const poisonous = (kind: string, name: string, cause: unknown): string =>
  `The ${kind} function '${name}' was given up after ${ATTEMPTS} attempts: ${cause instanceof Error ? cause.message : cause}`;
