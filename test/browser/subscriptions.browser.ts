import { it } from 'vitest';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { HOUR, NEXT_SWEEP, startApp } from '../builders/app.ts';
import { orders, single } from '../builders/incident.ts';
import { addSubscription, LANDING_SCOPE, letReadBelow, subscriptionOf } from '../builders/landing-zones.ts';
import { openPage } from './open-page.ts';
import { letPeopleIn, SIGNED_IN, signInAs } from './people.ts';

it('That subscriptions are gone from below their management group, and who answers by which command, is said in Now', async () => {
  const app = await startApp({
    world: orders([single('orders')]),
    wake: 'sweep',
    settings: { ...SIGNED_IN, GUARDIAN_SCOPE: `/subscriptions/${subscriptionId},${LANDING_SCOPE}` },
  });
  await letPeopleIn(app);
  letReadBelow(app);
  for (const name of ['one', 'two']) addSubscription(app, name);
  await app.pass(NEXT_SWEEP);
  for (const name of ['one', 'two']) app.cloud.world.subscriptions.takeOut(subscriptionOf(name));
  await app.pass(HOUR);
  const page = await openPage(app);
  await signInAs(page, app, 'reader');
  const main = page.getByRole('main');
  await main.getByText('2 subscriptions are gone from below their management groups').waitFor();
  await main.getByText("cmk-guardian let-go --why '<why>'").waitFor();
});
