import * as df from 'durable-functions';
import { call, instancesOf, SINGLETONS, waitUntil } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';

/** Judges every row of the acceptance table for everything in scope. It wakes no key: the sweep finds what has impact. */
df.app.orchestration(SINGLETONS.posture, function* (context) {
  const { chunks, startedAt, ...listed } = yield* call(context, 'listPosture', null);
  const parts = [...listed.parts];
  const unreadable = [...listed.unreadable];
  for (const [at, chunk] of chunks.entries()) {
    const judged = yield* call(context, 'judgePosture', chunk);
    parts.push(...judged.parts);
    unreadable.push(...judged.unreadable);
    if (at < chunks.length - 1) yield* waitUntil(context, judged.restUntil);
  }
  yield* call(context, 'publishPosture', { startedAt, parts, unreadable });
});

/**
 * One report at a time, as with the sweep.
 * @param schedule NCRONTAB, read at the start rather than by `%…%`, which has no default where the setting is missing.
 */
export const registerPostureTimer = (schedule: string): void =>
  df.app.client.timer('posture', {
    schedule,
    handler: (_timer, client, context) =>
      withinInvocation(context, async () => {
        const { onTimer } = await import('../src/app.ts');
        await onTimer('posture', instancesOf(client));
      }),
  });
