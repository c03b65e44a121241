import { server, serves } from '../../builders/incident.ts';
import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-late';
const NEEDED = ['get', 'wrapKey', 'unwrapKey'];
const LATE_SECONDS = 3_000;

/** No API shows when access becomes effective, so a product that tries it only once would leave the server down. */
export const givenBackLate: Attack = {
  item: 'b15',
  sentence:
    'the owner of a vault takes the access of a server and gives it back, and it is effective fifty minutes later',
  plan: BOUNDED,
  play: async (app) => {
    const { entra, keyVault, switches } = app.cloud.world;
    const { propagationSeconds } = switches;
    await app.pass(NEXT_SWEEP);
    const objectId = entra.managedIdentity(server(app, 'late').id)?.objectId ?? '';
    const policy = [{ tenantId: entra.tenantId, objectId, permissions: { keys: NEEDED } }];
    const writes = await writesDuring(app, async () => {
      keyVault.changePolicies(VAULT, 'remove', policy);
      await app.until('the server is down', () => !serves(app, 'late'), HOUR);
      await app.pass(NEXT_SWEEP);
      Object.assign(switches, { propagationSeconds: LATE_SECONDS });
      keyVault.changePolicies(VAULT, 'add', policy);
      await app.until('the server serves', () => serves(app, 'late'), 80 * MINUTE);
      Object.assign(switches, { propagationSeconds });
      await app.pass(2 * NEXT_SWEEP);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes: [], verdict },
      {
        'it is well': verdict.startsWith('healthy'),
        'nothing but its key is set again': writes.every((write) => /^PUT .*\/servers\/late\/keys\//.test(write)),
        'seven times in the first quarter of an hour, and then every quarter': writes.length <= 11,
      },
    );
  },
};
