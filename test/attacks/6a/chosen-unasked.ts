import { server } from '../../builders/incident.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { answered, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-chosen';

export const chosenUnasked: Attack = {
  item: '6a',
  sentence:
    'a requester points a server at a key version of their choice, where the settings reverse everything unasked',
  plan: ORDERED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    app.cloud.world.keyVault.rotateKey(VAULT, 'cmk');
    const newKey = app.cloud.world.keyVault.key(VAULT, 'cmk')?.versions.at(-1)?.kid ?? '';
    const body = { resource: server(app, 'chosen').id, newKey };
    let status = '';
    const writes = await writesDuring(app, async () => {
      const headers = await signedIn(app, 'requester');
      status = answered(await app.call({ method: 'POST', path: '/api/orchestrators/repointConsumer', body, headers }));
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict: `${status}; ${verdict}` },
      {
        'the request is taken': status === '202',
        'it is asked': verdict.startsWith('ask'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
