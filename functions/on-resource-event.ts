import * as df from 'durable-functions';
import { durableOf } from '../src/durable.ts';

/** Writes, deletions and actions in a subscription, in the Event Grid or the CloudEvents schema. */
df.app.client.eventGrid('on-resource-event', {
  handler: async (event, client, context) => {
    const { guardian, hearResources } = await import('../src/app.ts');
    const heard = await hearResources(event, durableOf(client, guardian.store.keyRows));
    context.log(`event ${heard.kind}: ${heard.why}`);
  },
});
