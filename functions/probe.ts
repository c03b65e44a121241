import * as df from 'durable-functions';
import { call, instancesOf, SINGLETONS } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';
import { inTurns, waitFor } from './turns.ts';

/**
 * Reads every key version in use that the sweep has recorded. A run that is not done when the next one is due goes on
 * as that next run: the timer has met a running instance, and would start the probe only a whole period later.
 */
df.app.orchestration(SINGLETONS.probe, function* (context) {
  const begun = context.df.currentUtcDateTime.getTime();
  const { turns, lastsMs, until } = yield* call(context, 'planProbe', null);
  const { failure } = yield* inTurns(context, begun, turns, 'probeKeys');
  yield* call(context, 'sendNotices', null);
  if (failure !== undefined) throw failure;
  if (context.df.currentUtcDateTime < new Date(until)) return;
  yield* waitFor(context, begun + lastsMs);
  context.df.continueAsNew(null);
});

/**
 * One probe at a time, as with the sweep.
 * @param schedule NCRONTAB, read at the start rather than by `%…%`, which has no default where the setting is missing.
 */
export const registerProbeTimer = (schedule: string): void =>
  df.app.client.timer('probe', {
    schedule,
    handler: (_timer, client, context) =>
      withinInvocation(context, async () => {
        const { onTimer } = await import('../src/app.ts');
        await onTimer('probe', instancesOf(client));
      }),
  });
