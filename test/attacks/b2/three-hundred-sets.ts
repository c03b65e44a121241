import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-crowded';
const SETS = 300;
const PLACE = { subscription: subscriptionId, group: 'strangers', location: 'koreacentral' };
const TAGS = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag-${n}`.padEnd(500, 'x'), 'y'.repeat(256)]));

/** More than a row or an answer of an activity can hold, and some of it in an undocumented form. */
export const threeHundredSets: Attack = {
  item: 'b2',
  sentence:
    'a contributor of another resource group makes 300 sets with 50 long tags each on our key while it is lost, some malformed',
  plan: BOUNDED,
  play: async (app) => {
    const { compute, keyVault } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const keyUrl = keyVault.key(VAULT, 'cmk')?.versions.at(-1)?.kid ?? '';
    const from = app.said.length;
    const spoilt = { route: 'GET *', kind: 'spoilt', rate: 1 } as const;
    const writes = await writesDuring(app, async () => {
      keyVault.deleteKey(VAULT, 'cmk');
      for (let n = 0; n < SETS; n++) compute.addSet({ ...PLACE, name: `crowd-${n}`, keyUrl, tags: TAGS });
      app.cloud.faults.add({ ...spoilt, of: '/crowd-1', put: { tags: null, 'properties.encryptionType': 'Unheard' } });
      app.cloud.faults.add({ ...spoilt, of: '/crowd-2', leaveOut: ['properties'] });
      app.cloud.faults.add({ ...spoilt, of: '/crowd-3', put: { identity: 'Unheard' } });
      await app.pass(HOUR);
    });
    app.cloud.faults.clear();
    const verdict = await verdictOn(app, VAULT);
    const told = app.said.slice(from).filter((line) => /more wait for access/.test(line) && line.includes(VAULT));
    for (const { id } of [...compute.sets.all()]) if (id.includes('/crowd-')) compute.sets.remove(id);
    const forStrangers = writes.filter((write) => /crowd-/.test(write));
    return outcome(
      { writes: forStrangers, verdict },
      {
        'the key is recovered': keyVault.key(VAULT, 'cmk') !== undefined,
        'ours is well': verdict.startsWith('healthy'),
        'it took no more than the recovery and a look of our server': writes.length - forStrangers.length <= 3,
        'nothing is written to a stranger': forStrangers.length === 0,
        'people are told of the strangers, and not at every sweep': told.length >= 1 && told.length <= 3,
      },
    );
  },
};
