import * as df from 'durable-functions';
import { call, FOLLOW_ALERT, type Orchestration, waitUntil } from '../src/durable.ts';
import type { AlertInput } from '../src/loop/messages.ts';

/** An alert comes only once, and storage may be down for longer than the retries of an activity last. */
const LATER_MS = [60_000, 5 * 60_000, 20 * 60_000];

/**
 * Wakes the keys that an alert names, or puts the alert into quarantine. It runs after the HTTP route has answered the
 * sender.
 */
df.app.orchestration(FOLLOW_ALERT, function* (context): Orchestration<string> {
  const input = context.df.getInput<AlertInput>();
  for (const later of LATER_MS) {
    try {
      return yield* call(context, 'hearAlert', input);
    } catch {
      yield* waitUntil(context, new Date(context.df.currentUtcDateTime.getTime() + later).toISOString());
    }
  }
  return yield* call(context, 'hearAlert', input);
});
