import type { EventOf } from '../history.ts';
import type { ReplayState } from './replay-state.ts';
import { completedTask, runningTask, settle, type Task } from './task.ts';

export function waitForEvent(replay: ReplayState, name: string): Task {
  const arrived = replay.buffered.get(name)?.shift();
  if (arrived) return { ...completedTask(), value: arrived.Input };
  const task = runningTask();
  replay.waiting.set(name, [...(replay.waiting.get(name) ?? []), task]);
  return task;
}

/** Gives the event to the last task that waits for its name, or keeps the event. */
export function raiseEvent(replay: ReplayState, event: EventOf<'EventRaised'>): void {
  if (replay.continueAsNew) {
    replay.carryOver.push(event);
    return;
  }
  const waiter = replay.waiting.get(event.Name)?.pop();
  if (waiter) settle(waiter, 'ok', event.Input);
  else replay.buffered.set(event.Name, [...(replay.buffered.get(event.Name) ?? []), event]);
}

/** Names of events for which no task waited. */
export const unreadEvents = (replay: ReplayState): string[] =>
  [...replay.buffered].filter(([, events]) => events.length > 0).map(([name]) => name);
