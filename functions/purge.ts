import * as df from 'durable-functions';
import { instancesOf } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';

/**
 * This timer fires four times a day, at times when no report is due. It purges durable history that is older than
 * thirty days.
 */
df.app.client.timer('purge', {
  schedule: '0 23 1,7,13,19 * * *',
  handler: (_timer, client, context) =>
    withinInvocation(context, async () => {
      const { onPurge } = await import('../src/app.ts');
      await onPurge(instancesOf(client));
    }),
});
