import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BLINDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-hidden';

/** Azure really answered so for hours. */
export const answeredNotFound: Attack = {
  item: 'b6',
  sentence: 'the Resource Manager of Azure answers for two hours that a subscription is not found, though it is there',
  plan: BLINDED,
  play: async (app) => {
    const { subscriptions } = app.cloud.world;
    const scope = `/subscriptions/${subscriptionId}`;
    await app.pass(NEXT_SWEEP);
    let hidden = '';
    const writes = await writesDuring(app, async () => {
      subscriptions.hide(scope);
      await app.pass(2 * HOUR);
      hidden = await verdictOn(app, VAULT);
      subscriptions.show(scope);
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict: `${hidden}; then ${verdict}` },
      {
        'nothing is taken for gone, nor for well': hidden.startsWith('unseen'),
        'it is well again once it is seen': verdict.startsWith('healthy'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
