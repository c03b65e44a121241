import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-vanished';
const KEY = `https://${VAULT}.vault.azure.net/keys/cmk`;

/** No incident is open, so that only the next sweep compares the reported state with the present one. */
export const hiddenAndShown: Attack = {
  item: 'b5',
  sentence:
    'somebody hides a subscription from the product and shows it again, so that people go on looking for what is not there',
  plan: BOUNDED,
  play: async (app) => {
    const { subscriptions } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const scope = `/subscriptions/${subscriptionId}`;
    const from = app.said.length;
    let hidden = '';
    const writes = await writesDuring(app, async () => {
      subscriptions.hide(scope);
      await app.pass(HOUR);
      hidden = await verdictOn(app, VAULT);
      subscriptions.show(scope);
      await app.pass(NEXT_SWEEP);
    });
    const verdict = await verdictOn(app, VAULT);
    await app.pass(HOUR);
    const told = app.said.slice(from).filter((line) => line.includes(`${KEY}: `));
    return outcome(
      { writes, verdict: `${hidden}; then ${verdict}` },
      {
        'what was said is taken back by the next sweep': verdict.startsWith('healthy') && !hidden.startsWith('healthy'),
        'people are told once, and once when it is over': told.length === 2,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
