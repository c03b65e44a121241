import type { EventOf } from '../history.ts';
import { runningTask, type Task } from './task.ts';

/** New work from a step; `id` is its sequence number. */
export type Command =
  | { kind: 'task'; id: number; name: string; input: string }
  | { kind: 'timer'; id: number; fireAt: number }
  | { kind: 'sub'; id: number; name: string; instanceId: string; input: string | null };

export type TimerLimits = {
  /** A longer timer is split into legs, since Azure Storage hides a message for seven days at most. */
  maximumShortTimerMs: number;
  longTimerIntervalMs: number;
};

export type ReplayState = {
  executionId: string;
  limits: TimerLimits;
  /** The orchestrator's clock: when its current turn began. */
  now: number;
  nextId: number;
  /** Work that the orchestrator has scheduled and that was not found in the history yet. */
  pending: Map<number, Command>;
  /** Work that is scheduled and not completed. */
  open: Map<number, Task>;
  cancelledTimers: Set<number>;
  /** Last in, first out per name, like the SDK and the extension. */
  waiting: Map<string, Task[]>;
  /** First in, first out per name. */
  buffered: Map<string, EventOf<'EventRaised'>[]>;
  byTag: Map<number, Task>;
  continueAsNew: { input: unknown } | null;
  /** Events that arrived after continueAsNew in the same turn. */
  carryOver: EventOf<'EventRaised'>[];
  /** Sibling tasks for which Azure still waits, although the SDK does not. */
  lagging: Task[];
  warnings: Set<string>;
};

export function newReplayState(executionId: string, limits: TimerLimits): ReplayState {
  return {
    executionId,
    limits,
    now: 0,
    nextId: 0,
    pending: new Map(),
    open: new Map(),
    cancelledTimers: new Set(),
    waiting: new Map(),
    buffered: new Map(),
    byTag: new Map(),
    continueAsNew: null,
    carryOver: [],
    lagging: [],
    warnings: new Set(),
  };
}

/** Takes the next sequence number for a piece of work. */
export function schedule(replay: ReplayState, toCommand: (id: number) => Command): Task {
  const id = replay.nextId++;
  const task = runningTask();
  replay.pending.set(id, toCommand(id));
  replay.open.set(id, task);
  return task;
}

export const scheduleTimer = (replay: ReplayState, fireAt: number): Task =>
  schedule(replay, (id) => ({ kind: 'timer', id, fireAt }));
