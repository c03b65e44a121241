import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { EMPTIED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-emptied';

export const emptiedSetting: Attack = {
  item: '10',
  sentence: 'the owner of a vault deletes a key, where the operator emptied GUARDIAN_AUTO_REVERSE to be asked first',
  plan: EMPTIED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    const claims = { 'it is asked': verdict.startsWith('ask'), 'nothing is written': writes.length === 0 };
    return outcome({ writes, verdict }, claims);
  },
};
