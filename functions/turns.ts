import type * as df from 'durable-functions';
import { callEach, type Orchestration, waitUntil } from '../src/durable.ts';
import type { Turn } from '../src/loop/messages.ts';

/** Waits until this instant (ms since 1970) if it has not passed. */
export function* waitFor(context: df.OrchestrationContext, at: number): Orchestration<void> {
  const turn = new Date(at);
  if (turn > context.df.currentUtcDateTime) yield* waitUntil(context, turn.toISOString());
}

/**
 * Calls an activity for every range. The ranges of a turn start together, `afterMs` after `begun`. A call that fails
 * does not stop the later turns. Returns the first error when all turns have run.
 */
export function* inTurns(
  context: df.OrchestrationContext,
  begun: number,
  turns: readonly Turn[],
  name: 'sweepKeys' | 'probeKeys',
): Orchestration<{ readonly failure?: unknown }> {
  const failures: unknown[] = [];
  for (const { afterMs, ranges } of turns) {
    yield* waitFor(context, begun + afterMs);
    try {
      yield* callEach(context, name, ranges as never);
    } catch (error) {
      failures.push(error);
    }
  }
  return failures.length === 0 ? {} : { failure: failures[0] };
}
