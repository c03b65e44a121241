import * as df from 'durable-functions';
import { durableOf } from '../src/durable.ts';

/** Key Vault's system topic, in the Event Grid or the CloudEvents schema. What it throws is delivered again. */
df.app.client.eventGrid('on-key-vault-event', {
  handler: async (event, client, context) => {
    const { guardian, hearKeyVault } = await import('../src/app.ts');
    const heard = await hearKeyVault(event, durableOf(client, guardian.store.keyRows));
    context.log(`event ${heard.kind}: ${heard.why}`);
  },
});
