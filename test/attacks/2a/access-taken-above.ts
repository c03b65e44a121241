import { FLEXIBLE, flexible, orders, VAULT } from '../../builders/incident.ts';
import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const KEY_ROLE = 'Key Vault Crypto Service Encryption User';
const GROUP = FLEXIBLE.split('/providers/')[0] ?? '';

/** The vault comes back, which is allowed; the access that was taken at its resource group does not. */
export const accessTakenAbove: Attack = {
  item: '2a',
  sentence:
    'the owner of a vault takes a role away at its resource group and deletes the vault, and the recovery gives it back',
  plan: { world: orders([flexible('web')], {}, 'roles'), wake: 'sweep', settings: {} },
  play: async (app) => {
    const { entra, keyVault, rbac } = app.cloud.world;
    const identity = entra.principals().find(({ name }) => name === 'web-identity')?.objectId ?? '';
    const held = () => rbac.assignments().filter(({ principalId }) => principalId === identity);
    for (const { name, scope } of held()) rbac.unassign(scope, name);
    const above = rbac.assign({ scope: GROUP, role: KEY_ROLE, principalId: identity });
    await app.pass(3 * NEXT_SWEEP);
    rbac.unassign(above.scope, above.name);
    keyVault.deleteVault(VAULT);
    const writes = await writesDuring(app, () => app.pass(HOUR + MINUTE));
    const grants = writes.filter((write) => write.includes('/roleAssignments/'));
    return outcome(
      { writes: grants, verdict: await verdictOn(app, VAULT) },
      {
        'no role is given': grants.length === 0 && held().length === 0,
        'the vault is recovered': keyVault.vault(VAULT) !== undefined,
      },
    );
  },
};
