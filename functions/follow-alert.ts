import * as df from 'durable-functions';
import { call, FOLLOW_ALERT, type Orchestration, waitUntil } from '../src/durable.ts';
import type { AlertInput } from '../src/loop/messages.ts';

/** Storage may be down for longer than an activity is tried again: an alert comes only once. */
const LATER_MS = [60_000, 5 * 60_000, 20 * 60_000];

/** What an alert names is woken, or it is put into quarantine, after its door has answered. */
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
