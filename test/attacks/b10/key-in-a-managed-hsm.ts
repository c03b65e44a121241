import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { isDown, server } from '../../builders/incident.ts';
import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { outcome, writesDuring } from '../witness.ts';

const SERVER = 'pool';
const KEY = { host: 'kv-pool.managedhsm.azure.net', name: 'cmk' };

type Status = { readonly verdict: string; readonly incident?: string };

/** A vault of the same name exists: a repair of it would change the wrong resource. */
export const keyInAManagedHsm: Attack = {
  item: 'b10',
  sentence:
    'an operator moves a server to a key of a Managed HSM that has the name of a vault, and the HSM locks it out',
  plan: ORDERED,
  play: async (app) => {
    const { switches } = app.cloud.world;
    const moved = server(app, SERVER);
    if (!('key' in moved) || !moved.key) throw new Error(`${SERVER} has no key`);
    moved.key.uri = moved.key.uri.replace('.vault.', '.managedhsm.');
    const writes = await writesDuring(app, async () => {
      await app.pass(2 * NEXT_SWEEP);
      switches.managedHsm = 'refuses';
      await app.until('it is down', () => isDown(app, SERVER), 15 * MINUTE);
      await app.pass(HOUR / 2);
    });
    const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${keyInstanceId(KEY)}` }, 200);
    const { verdict, incident } = body as Status;
    const started = await app.call({ method: 'POST', path: '/api/reconciliations', body: { resource: moved.id } });
    switches.managedHsm = 'serves';
    const claims = {
      'nothing is written': writes.length === 0,
      'it is no vault that is healthy': verdict !== 'healthy',
      'an incident is open': incident !== undefined,
      'a person may have it looked at': started.status === 202,
    };
    return outcome({ writes, verdict }, claims);
  },
};
