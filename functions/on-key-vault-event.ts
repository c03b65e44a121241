import * as df from 'durable-functions';
import { instancesOf } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';

/**
 * Key Vault's system topic, in the Event Grid or the CloudEvents schema. Event Grid delivers an event again where this
 * throws.
 */
df.app.client.eventGrid('on-key-vault-event', {
  handler: (event, client, context) =>
    withinInvocation(context, async () => {
      const { durableOf, hearKeyVault } = await import('../src/app.ts');
      const heard = await hearKeyVault(event, durableOf(instancesOf(client)));
      context.log(`event ${heard.kind}: ${heard.why}`);
    }),
});
