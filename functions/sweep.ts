import * as df from 'durable-functions';
import { call, instancesOf, SINGLETONS } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';
import { inTurns } from './turns.ts';

/** Every consumer in scope and every key they pin: the product without events. */
df.app.orchestration(SINGLETONS.sweep, function* (context) {
  const turns = yield* call(context, 'listScope', null);
  const { failure } = yield* inTurns(context, context.df.currentUtcDateTime.getTime(), turns, 'sweepKeys');
  yield* call(context, 'wakeLeftovers', null);
  // Last, so that a webhook that hangs holds up nothing.
  yield* call(context, 'sendNotices', null);
  if (failure !== undefined) throw failure;
});

/**
 * One sweep at a time: the schedule comes again, so one that finds another at work has nothing to do.
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
