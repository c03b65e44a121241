import * as df from 'durable-functions';
import { instancesOf } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';

/** Writes, deletions and actions in a subscription, in the Event Grid or the CloudEvents schema. */
df.app.client.eventGrid('on-resource-event', {
  handler: (event, client, context) =>
    withinInvocation(context, async () => {
      const { durableOf, hearResources } = await import('../src/app.ts');
      const heard = await hearResources(event, durableOf(instancesOf(client)));
      context.log(`event ${heard.kind}: ${heard.why}`);
    }),
});
