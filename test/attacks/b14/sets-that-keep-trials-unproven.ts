import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import type { App, AppPlan } from '../../builders/open-app.ts';
import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import { comeNear, extensions, keysOf, lockedOut } from '../../stories/estate/prevention-story.ts';
import type { Attack } from '../attack.ts';
import { outcome, writesDuring } from '../witness.ts';

const COUNT = 24;
const PLAN: AppPlan = { world: keysOf(COUNT), wake: 'sweep' };
const NO_VERSION = '0123456789abcdef0123456789abcdef';

/** A person who may make sets makes one for each key of the owner, and names a version that nobody can read. */
const bindSets = ({ cloud }: App): void => {
  for (let n = 0; n < COUNT; n++) {
    const keyUrl = `https://kv-${Math.floor(n / 20)}.vault.azure.net/keys/cmk-${n}/${NO_VERSION}`;
    cloud.world.compute.addSet({ subscription: subscriptionId, group: 'theirs', name: `strange-${n}`, keyUrl });
  }
};

/**
 * The first five trials must be seen healthy before the others go on: a trial that is never seen healthy keeps its place for ten
 * minutes.
 */
export const setsThatKeepTrialsUnproven: Attack = {
  item: 'b14',
  sentence:
    'a contributor of another resource group makes a set for each key that names no version there is, so that the keys that expire together wait for trials that are never seen well',
  plan: PLAN,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    bindSets(app);
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      comeNear(app, COUNT, 30 * MINUTE, MINUTE / 4);
      await app.pass(HOUR);
    });
    const sent = extensions(app).map(({ at }) => at);
    const claims = {
      'no server was locked out': lockedOut(app).length === 0,
      'each key was extended once, and nothing else was written': writes.length === COUNT,
      'the last within a quarter of an hour after the first': Math.max(...sent) - Math.min(...sent) < 15 * MINUTE,
    };
    const minutes = Math.round((Math.max(...sent) - Math.min(...sent)) / MINUTE);
    return outcome({ writes: [], verdict: `${sent.length} extended within ${minutes} minutes` }, claims);
  },
};
