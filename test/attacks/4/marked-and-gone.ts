import { server } from '../../builders/incident.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-tagged';

/** The product would recover a deleted key unasked, and the tag of a deleted key can no longer be read. */
export const markedAndGone: Attack = {
  item: '4',
  sentence:
    'the owner of one server tags it, deletes it, then deletes the key: a repair would bring back what was revoked',
  plan: ORDERED,
  play: async (app) => {
    const gone = server(app, 'gone');
    Object.assign(gone.tags, { 'cmk-guardian:do-not-heal': 'the customer left' });
    await app.pass(NEXT_SWEEP);
    app.cloud.world.mysql.servers.remove(gone.id);
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    const claims = { 'it is reported': verdict.startsWith('report'), 'nothing is written': writes.length === 0 };
    return outcome({ writes, verdict }, claims);
  },
};
