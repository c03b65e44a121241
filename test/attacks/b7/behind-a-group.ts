import { server } from '../../builders/incident.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BLINDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-grouped';
const GROUP = '00000000-0000-4000-8000-0000000000c1';
const NEEDED = ['get', 'wrapKey', 'unwrapKey'];

/** The members of that group cannot be read, so that the loss might pass for unknown. */
export const behindAGroup: Attack = {
  item: 'b7',
  sentence: 'the owner of one vault lets a group in, and takes the entry of its server away behind that',
  plan: BLINDED,
  play: async (app) => {
    const { entra, keyVault } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const { tenantId } = entra;
    const objectId = entra.managedIdentity(server(app, 'grouped').id)?.objectId ?? '';
    const policyOf = (id: string) => [{ tenantId, objectId: id, permissions: { keys: NEEDED } }];
    const writes = await writesDuring(app, async () => {
      keyVault.changePolicies(VAULT, 'add', policyOf(GROUP));
      keyVault.changePolicies(VAULT, 'remove', policyOf(objectId));
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict },
      {
        'the loss is found, and a person is asked': verdict.startsWith('ask') && verdict.includes('accessMissing'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
