import * as df from 'durable-functions';
import { call, instancesOf, SINGLETONS } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';
import { inTurns } from './turns.ts';

/** Looks at every consumer in scope and every key that they use. It alone makes the product complete, without any event. */
df.app.orchestration(SINGLETONS.sweep, function* (context) {
  const turns = yield* call(context, 'listScope', null);
  const { failure } = yield* inTurns(context, context.df.currentUtcDateTime.getTime(), turns, 'sweepKeys');
  yield* call(context, 'wakeLeftovers', null);
  // The last activity, so that a webhook that does not answer delays nothing else.
  yield* call(context, 'sendNotices', null);
  if (failure !== undefined) throw failure;
});

/**
 * One sweep at a time. A timer that finds a sweep at work does nothing: the schedule fires again.
 * @param schedule NCRONTAB, read at the start rather than by `%…%`, which has no default where the setting is missing.
 */
export const registerSweepTimer = (schedule: string): void =>
  df.app.client.timer('sweep', {
    schedule,
    handler: (_timer, client, context) =>
      withinInvocation(context, async () => {
        const { onTimer } = await import('../src/app.ts');
        await onTimer('sweep', instancesOf(client));
      }),
  });
