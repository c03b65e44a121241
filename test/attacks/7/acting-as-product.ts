import { productObjectId } from '../../builders/key-loss.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import { worldState } from '../../builders/world/world-state.ts';
import type { Attack } from '../attack.ts';
import { KEEPING } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-acting';

/** The server lacks its access to the key; the grant that lets it in would let the product use the key. */
export const actingAsProduct: Attack = {
  item: '7',
  sentence: 'the owner of one server has it use its key with the identity of the product, which cannot wrap with it',
  plan: KEEPING,
  play: async (app) => {
    const { world } = app.cloud;
    const us = productObjectId(app);
    const server = world.mysql.servers.all().find(({ name }) => name === 'acting');
    if (server?.generation !== 'single' || server.identity === undefined) throw new Error('there is no such server');
    const { principalId } = server.identity;
    const policiesOf = () => JSON.stringify(worldState(world).vaults);
    const policy = {
      tenantId: world.entra.tenantId,
      objectId: principalId,
      permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
    };
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      server.identity = { principalId: us, tenantId: world.entra.tenantId };
      world.keyVault.changePolicies(VAULT, 'remove', [policy]);
      await app.pass(HOUR);
    });
    const after = policiesOf();
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict },
      {
        'nothing is written': writes.length === 0,
        'the product may still use no key': !new RegExp(`${us}[^}]*wrapkey`, 'i').test(after),
        'it is reported': verdict.startsWith('report'),
      },
    );
  },
};
