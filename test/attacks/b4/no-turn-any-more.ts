import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { control } from '../../builders/control.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { KEEPING } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-hung';

/** The id of the instance stays in use, so that no wake-up of the key can start another instance under it. */
export const noTurnAnyMore: Attack = {
  item: 'b4',
  sentence: 'somebody deletes a key just when Azure gives the instances of the sweep and of that key no turn any more',
  plan: KEEPING,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      await control(app, 'host/hang', { instance: 'sweepEstate', afterTurns: 1 });
      await control(app, 'host/hang', { instance: keyInstanceId({ host: `${VAULT}.vault.azure.net`, name: 'cmk' }) });
      app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
      await app.pass(2 * HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    const recovered = app.cloud.world.keyVault.key(VAULT, 'cmk') !== undefined;
    return outcome(
      { writes, verdict },
      { 'the key is there again': recovered, 'it is healthy': verdict === 'healthy' },
    );
  },
};
