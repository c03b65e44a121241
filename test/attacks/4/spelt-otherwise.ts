import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-spelt';

/** The key as the portal shows it: by its resource id, in another casing and with a slash at its end. */
export const speltOtherwise: Attack = {
  item: '4',
  sentence: 'somebody revokes a key by a record that spells it as the portal does, and another deletes it',
  plan: ORDERED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const target = `${(app.cloud.world.keyVault.vault(VAULT)?.id ?? '').toUpperCase()}/KEYS/CMK/`;
    const body = { target, why: 'revoked' };
    const { body: said } = await app.door(
      { method: 'PUT', path: '/api/do-not-heal', body, headers: functionKey(app) },
      200,
    );
    const writes = await writesDuring(app, async () => {
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    const { covers } = said as { covers: { keys: readonly string[] } };
    return outcome(
      { writes, verdict },
      {
        'the answer names the key': covers.keys.length === 1,
        'it is reported': verdict.startsWith('report'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
