import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { productRequests } from '../../builders/incident.ts';
import { type App, type AppPlan, MINUTE } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';
import { victims } from '../world.ts';

const VAULT = 'kv-pinned';
const SWEEP = 5 * MINUTE;
const VERSION = '0123456789abcdef0123456789abcdef';
const SETS = 40;

/** A world of its own, since the requests of a sweep are counted. */
const COUNTED: AppPlan = { world: victims(VAULT), wake: 'sweep' };

const keyUrl = (n: number): string =>
  n % 2 === 0
    ? `https://kv-junk-${n}.vault.azure.net/keys/cmk/${VERSION}`
    : `https://${VAULT}.vault.azure.net/keys/junk-${n}/${VERSION}`;

const armCallsOfSweep = async (app: App): Promise<number> => {
  const before = productRequests(app).length;
  await app.pass(SWEEP);
  const asked = productRequests(app).slice(before);
  return asked.filter(({ url }) => new URL(url).hostname === 'management.azure.com').length;
};

/** A look at each costs five to eleven calls of a bucket that a repair needs too. */
export const setsThatPinNothing: Attack = {
  item: 'b3',
  sentence:
    'a contributor of a resource group makes many disk encryption sets for keys that there are not, to use up the requests',
  plan: COUNTED,
  play: async (app) => {
    await app.pass(2 * SWEEP + MINUTE);
    const usual = await armCallsOfSweep(app);
    const more: number[] = [];
    const writes = await writesDuring(app, async () => {
      for (let n = 0; n < SETS; n++)
        app.cloud.world.compute.addSet({
          subscription: subscriptionId,
          group: 'junk',
          name: `junk-${n}`,
          keyUrl: keyUrl(n),
        });
      for (let n = 0; n < 6; n++) more.push((await armCallsOfSweep(app)) - usual);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict },
      {
        'nothing is written': writes.length === 0,
        healthy: verdict === 'healthy',
        'no sweep asks for more than twenty more': Math.max(...more) <= 20,
      },
    );
  },
};
